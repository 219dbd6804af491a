package io.gatehouse.platform.store;

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
    @Setting(
            value = "16",
            min = "1",
            max = "1000",
            help = "connections to the metadata store, at most")
        int databasePool,
    @Setting(
            value = "2s",
            min = "250ms",
            max = "10m",
            help = "how long a request waits for a connection to it")
        Duration databaseTimeout) {}
