package io.gatehouse.engines.postgres;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What an operator can set for the embedded PostgreSQL clusters.
 *
 * @param directory holds a directory for each cluster; belongs to one engine at a time, as does the
 *     file {@code <directory>.sizes}
 * @param listenAddresses where clusters listen: addresses divided by commas, or {@code *}
 * @param toldHost the host under which clients reach them; empty: as this machine reaches them
 * @param firstPort each cluster keeps a port of its own, from this one
 * @param lastPort to this one
 * @param minimumFreeBytes no cluster is created that would leave less than this free on the disk
 * @param diskLimits from how much free disk on clusters are kept from writing
 */
public record PostgresConfig(
    Path directory,
    String listenAddresses,
    String toldHost,
    int firstPort,
    int lastPort,
    long minimumFreeBytes,
    DiskLimits diskLimits) {
  /** Below the ports that kernels give to outgoing connections, and clear of known services. */
  public static final int DEFAULT_FIRST_PORT = 22200;

  public static final int DEFAULT_LAST_PORT = 23999;

  private static final Pattern ADDRESSES =
      Pattern.compile("[A-Za-z0-9.:*_-]+(, ?[A-Za-z0-9.:_-]+)*");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]*");

  public PostgresConfig {
    if (!ADDRESSES.matcher(listenAddresses).matches()) {
      throw new IllegalArgumentException("listenAddresses are addresses divided by commas, or *");
    }
    if (!HOST.matcher(toldHost).matches()) {
      throw new IllegalArgumentException("toldHost is one name or address without brackets");
    }
    if (firstPort < 1 || lastPort > 65535 || firstPort > lastPort) {
      throw new IllegalArgumentException("firstPort and lastPort must be a range in 1 to 65535");
    }
  }

  /** Clusters that may fill the disk. */
  public PostgresConfig(
      Path directory,
      String listenAddresses,
      String toldHost,
      int firstPort,
      int lastPort,
      long minimumFreeBytes) {
    this(
        directory,
        listenAddresses,
        toldHost,
        firstPort,
        lastPort,
        minimumFreeBytes,
        DiskLimits.NONE);
  }

  /** Clusters that listen on this machine only. */
  public static PostgresConfig in(Path directory) {
    return new PostgresConfig(directory, "127.0.0.1", "", DEFAULT_FIRST_PORT, DEFAULT_LAST_PORT, 0);
  }
}
