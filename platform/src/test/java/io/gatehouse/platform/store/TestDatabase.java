package io.gatehouse.platform.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL for the tests of this module, started once, with our schema. */
public final class TestDatabase {
  private static @Nullable Database shared;

  private TestDatabase() {}

  public static synchronized Database shared() {
    if (shared == null) {
      shared = start();
    }
    return shared;
  }

  private static Database start() {
    try {
      EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
      String url = postgres.getJdbcUrl("postgres", "postgres");
      Database database =
          new Database(
              new StoreAddress(url, Optional.empty(), Optional.empty()), 16, Duration.ofSeconds(5));
      database.migrate(List.of("platform"));
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
