package io.gatehouse.cloud.region;

/** A region as the API shows it; {@code distance} is in miles, and zero: everything runs here. */
public record RegionView(
    String name, String location, CloudProvider provider, boolean serverless, double distance) {
  static RegionView of(Region region) {
    return new RegionView(
        region.name(), region.location(), region.provider(), region.serverless(), 0);
  }
}
