package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.postgres.MetadataPostgres.Access;
import io.gatehouse.platform.secret.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server's own store comes up by itself, and comes back. */
final class MetadataPostgresTest {
  private static final Secret SECRET = Secret.of("the secret of the store");
  private final Path data = Postgres.directory().resolve("metadata");
  private final MetadataPostgres store = newStore();

  @AfterEach
  void remove() {
    store.stop();
    new AtomicDirectory(data).remove();
  }

  @Test
  void a_store_is_made_and_answers_with_its_secret() throws SQLException {
    run(store.start(), "CREATE TABLE kept (n int)");
  }

  @Test
  void a_running_store_is_adopted() throws SQLException {
    Access first = store.start();
    try (Connection open = connect(first)) {
      assertThat(newStore().start()).isEqualTo(first);
      assertThat(open.isValid(5)).isTrue();
    }
  }

  @Test
  void a_store_comes_back_after_a_stop_with_its_data_at_the_same_place() throws SQLException {
    Access first = store.start();
    run(first, "CREATE TABLE kept (n int)");
    store.stop();

    Access second = newStore().start();
    assertThat(second).isEqualTo(first);
    run(second, "SELECT * FROM kept");
  }

  @Test
  void stopping_what_does_not_run_does_nothing() {
    store.stop();
    assertThat(data).doesNotExist();
  }

  private MetadataPostgres newStore() {
    return new MetadataPostgres(data, Postgres.template(), SECRET);
  }

  private static void run(Access access, String sql) throws SQLException {
    try (Connection connection = connect(access);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(Access access) throws SQLException {
    return DriverManager.getConnection(access.jdbcUrl(), access.user(), access.secret().reveal());
  }
}
