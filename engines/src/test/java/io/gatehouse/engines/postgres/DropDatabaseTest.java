package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.SqlAdmin.Page;
import io.gatehouse.engines.SqlDatabase;
import io.gatehouse.engines.postgres.access.ClusterAccess;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database is dropped whatever its name is and whatever is prepared in it. */
final class DropDatabaseTest {
  private static FullPostgres postgres;
  private final ClusterAccess access = new ClusterAccess(InstantSource.system());
  private SqlDatabases databases;

  @BeforeAll
  static void start() throws IOException {
    postgres = new FullPostgres();
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void create() {
    var cluster = postgres.superuser().kept(access.pool());
    databases = new SqlDatabases(cluster);
    access.create(cluster, "ann", FullPostgres.PASSWORD, Duration.ZERO);
    postgres.run(
        "postgres",
        List.of(
            "DROP DATABASE IF EXISTS latin",
            "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'"
                + " LOCALE_PROVIDER libc"));
  }

  @AfterEach
  void close() {
    access.close();
  }

  private List<String> names() {
    return databases.list(new Page(null, false, 99)).stream().map(SqlDatabase::name).toList();
  }

  private static void prepareIn(String database) throws SQLException {
    postgres.runAs(
        "ann",
        database,
        "BEGIN",
        "CREATE TABLE left_behind (n int)",
        "PREPARE TRANSACTION 'it''s in " + database + "'");
  }

  /** Its bytes are LATIN1, and not UTF-8. */
  private String renamedToLatin(String database) {
    postgres.run(
        "latin",
        List.of("UPDATE pg_database SET datname = 'caf\u00e9' WHERE datname = '" + database + "'"));
    return names().stream().filter(name -> name.startsWith("caf")).findFirst().orElseThrow();
  }

  @Test
  void one_with_a_name_that_is_not_utf_8_and_a_prepared_transaction() throws SQLException {
    databases.create("shop");
    prepareIn("shop");
    String shown = renamedToLatin("shop");
    assertThat(shown).matches("caf\\\\xE9 \\(oid \\d+\\)");

    assertThat(databases.drop(shown)).isPresent();

    assertThat(names()).containsExactly("defaultdb");
    assertThat(postgres.texts("postgres", "SELECT gid FROM pg_prepared_xacts")).isEmpty();
  }

  @Test
  void one_with_a_name_that_is_not_utf_8_and_not_another_by_mistake() throws SQLException {
    databases.create("shop");
    String shown = renamedToLatin("shop");
    String oid = shown.replaceAll(".*oid (\\d+).*", "$1");
    databases.create("gatehouse_database_" + oid);

    assertThat(databases.drop(shown)).isPresent();

    assertThat(names()).containsExactly("defaultdb", "gatehouse_database_" + oid);
    assertThat(databases.drop("gatehouse_database_" + oid)).isPresent();
  }

  @Test
  void one_that_refuses_connections_and_has_a_prepared_transaction() throws SQLException {
    databases.create("shop");
    prepareIn("shop");
    postgres.run("postgres", List.of("ALTER DATABASE shop ALLOW_CONNECTIONS false"));

    assertThat(databases.drop("shop")).isPresent();

    assertThat(names()).containsExactly("defaultdb");
  }
}
