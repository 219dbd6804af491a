package io.gatehouse.platform.store;

import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.config.Setting;
import java.time.Duration;
import java.util.Optional;

/** Where the metadata store is and how it is reached. */
public record StoreConfig(
    @Setting(
            value = "",
            help =
                "an existing PostgreSQL or CockroachDB, as postgresql://user:password@host/database;"
                    + " empty: an embedded PostgreSQL")
        Optional<String> databaseUrl,
    @Setting(value = "16", help = "connections to the metadata store, at most") int databasePool,
    @Setting(value = "PT2S", help = "how long a request waits for a connection to it")
        Duration databaseTimeout) {

  /** The pool cannot wait for less. */
  private static final Duration LEAST_TIMEOUT = Duration.ofMillis(250);

  public StoreConfig {
    if (databasePool < 1) {
      throw new ConfigException("setting 'database-pool' must be at least 1");
    }
    if (databaseTimeout.compareTo(LEAST_TIMEOUT) < 0) {
      throw new ConfigException("setting 'database-timeout' must be at least 250ms");
    }
  }
}
