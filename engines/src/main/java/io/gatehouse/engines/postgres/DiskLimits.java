package io.gatehouse.engines.postgres;

/**
 * From how much free disk on clusters are kept from using up the rest.
 *
 * @param readOnlyBelow bytes; below it clusters that grow become read-only, the biggest grower
 *     first
 * @param closedBelow bytes; below it all clusters that grew are closed to clients
 */
public record DiskLimits(long readOnlyBelow, long closedBelow) {
  public static final DiskLimits NONE = new DiskLimits(0, 0);

  public DiskLimits {
    if (closedBelow < 0 || readOnlyBelow < closedBelow) {
      throw new IllegalArgumentException("readOnlyBelow must not be less than closedBelow or 0");
    }
  }

  /** With so much free everything is allowed again; a little more, so that it does not flutter. */
  long enough() {
    return readOnlyBelow + readOnlyBelow / 4;
  }
}
