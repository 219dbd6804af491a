package io.gatehouse.server;

import io.gatehouse.engines.postgres.DiskLimits;
import io.gatehouse.engines.postgres.PostgresConfig;
import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.config.Setting;
import java.nio.file.Path;

/** How the embedded PostgreSQL clusters are run. */
public record EngineConfig(
    @Setting(value = "127.0.0.1", help = "addresses that clusters listen on for SQL")
        String sqlListen,
    @Setting(
            value = "",
            help =
                "host that clients are told for SQL; empty: the first address listened on, or"
                    + " 127.0.0.1 (::1) when that is every address")
        String sqlHost,
    @Setting(value = "22200", min = "1", max = "65535", help = "first port for clusters")
        int sqlFirstPort,
    @Setting(value = "23999", min = "1", max = "65535", help = "last port for clusters")
        int sqlLastPort,
    @Setting(value = "268435456", help = "bytes of disk that creating a cluster must leave free")
        long minimumFreeBytes,
    @Setting(
            value = "268435456",
            help =
                "bytes of free disk below which clusters that grow become read-only, the biggest"
                    + " grower first; 0: never")
        long readOnlyBelowBytes,
    @Setting(
            value = "134217728",
            help = "bytes of free disk below which clusters that grew are closed to clients")
        long closedBelowBytes,
    @Setting(
            value = "67108864",
            help = "bytes of disk kept for the embedded metadata store, given up when it is full")
        long storeReserveBytes,
    @Setting(
            value = "4",
            min = "1",
            max = "256",
            help =
                "clusters started or changed at the same time, and as many removed, and as many"
                    + " whose access is swept")
        int reconcileThreads) {

  /** Nowhere in particular: only to see whether the settings make sense. */
  private static final Path ANYWHERE = Path.of("");

  public EngineConfig {
    try {
      new PostgresConfig(ANYWHERE, sqlListen, sqlHost, sqlFirstPort, sqlLastPort, minimumFreeBytes);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "settings sql-listen, sql-host, sql-first-port, sql-last-port: " + e.getMessage());
    }
    if (readOnlyBelowBytes > 0 && readOnlyBelowBytes < closedBelowBytes) {
      throw new ConfigException(
          "setting 'closed-below-bytes' must not be more than 'read-only-below-bytes'");
    }
  }

  PostgresConfig postgres(Path directory) {
    return new PostgresConfig(
        directory,
        sqlListen,
        sqlHost,
        sqlFirstPort,
        sqlLastPort,
        minimumFreeBytes,
        new DiskLimits(readOnlyBelowBytes, Math.min(readOnlyBelowBytes, closedBelowBytes)));
  }
}
