package io.gatehouse.cloud.region;

/**
 * A region by name.
 *
 * @param serverless whether BASIC and STANDARD clusters can be made in it
 */
public record Region(CloudProvider provider, String name, String location, boolean serverless) {}
