package io.gatehouse.cloud;

import io.gatehouse.platform.store.Database;
import io.gatehouse.platform.store.Epochs;
import io.gatehouse.platform.store.StoreAddress;
import io.gatehouse.platform.store.Transactions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A real metadata store with the schemas of platform and cloud, started once for the tests of this
 * module. Each test has an organization of its own in it.
 */
public final class TestStore {
  private static @Nullable Database shared;

  private TestStore() {}

  /** Where everything is that the tests of this module keep. */
  public static synchronized Database shared() {
    if (shared == null) {
      shared = start();
    }
    return shared;
  }

  /** Transactions of a server that caches nothing. */
  public static Transactions transactions() {
    return new Transactions(shared().jdbi(), new Epochs(shared().jdbi(), Clock.systemUTC()));
  }

  private static Database start() {
    try {
      EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
      String url = postgres.getJdbcUrl("postgres", "postgres");
      Database database =
          new Database(
              new StoreAddress(url, Optional.empty(), Optional.empty()), 16, Duration.ofSeconds(5));
      database.migrate(List.of("platform", "cloud"));
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
