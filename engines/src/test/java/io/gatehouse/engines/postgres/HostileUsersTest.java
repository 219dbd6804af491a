package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.SqlAdmin;
import io.gatehouse.engines.SqlAdminFixture;
import io.gatehouse.engines.SqlDatabase;
import io.gatehouse.engines.SqlUser;
import io.gatehouse.engines.UserRemoval;
import io.gatehouse.engines.UserRemoval.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users who try to mislead what works with the superuser's rights, or to undo a removal. */
final class HostileUsersTest extends SqlAdminFixture {
  private static final OneCluster CLUSTER = new OneCluster();

  @BeforeAll
  static void create() {
    CLUSTER.create();
  }

  @AfterAll
  static void remove() {
    CLUSTER.remove();
  }

  @Override
  protected SqlAdmin admin() {
    return CLUSTER.admin();
  }

  @Override
  protected Endpoint endpoint() {
    return CLUSTER.endpoint();
  }

  private void createAppWithATable() throws SQLException {
    run(
        "ann",
        "defaultdb",
        "DROP TABLE IF EXISTS kept",
        "CREATE TABLE kept (n int)",
        "CREATE USER app PASSWORD 'x'",
        "GRANT ALL ON SCHEMA public TO app",
        "ALTER TABLE kept OWNER TO app");
  }

  /** PostgreSQL looks for relations and types in the temporary schema first, unless told not to. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pg_auth_members",
        "pg_authid",
        "pg_class",
        "pg_depend",
        "pg_namespace",
        "pg_proc",
        "pg_type",
        "pg_extension",
        "pg_largeobject_metadata"
      })
  void temporary_relations_do_not_stand_in_for_those_of_the_system(String catalog)
      throws SQLException {
    create("ann");
    run(
        "ann",
        "defaultdb",
        "CREATE TABLE IF NOT EXISTS noted (who text)",
        "TRUNCATE noted",
        "CREATE OR REPLACE FUNCTION note() RETURNS boolean LANGUAGE plpgsql AS"
            + " 'BEGIN INSERT INTO public.noted VALUES (current_user); RETURN true; END'",
        "CREATE TEMP TABLE " + catalog + " AS SELECT * FROM pg_catalog.pg_am LIMIT 0",
        "DROP TABLE pg_temp." + catalog,
        "CREATE TEMP VIEW " + catalog + " AS SELECT 1 AS one WHERE public.note()",
        "CREATE TABLE made (n int)",
        "DROP TABLE made");

    assertThat(CLUSTER.texts("defaultdb", "SELECT who FROM public.noted")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"restarted\": \"soon\", \"review\": [1, \"x\", null, [2], {}]}",
        "{\"restarted\": 7, \"review\": 7}",
        "{\"restarted\": {}, \"review\": {}}",
        "{\"review\": [{\"kind\": \"\\u0000\"}]}",
        "{\"review\": \"\\ud800\"}",
        "[]",
        "null",
        "of mine"
      })
  void a_comment_on_a_role_that_is_removed_misleads_nobody(String comment) throws SQLException {
    create("ann");
    createAppWithATable();
    try (Connection reading = connect("ann", "defaultdb");
        Statement statement = reading.createStatement()) {
      statement.execute("COMMENT ON ROLE app IS '" + comment + "'");
      reading.setAutoCommit(false);
      statement.execute("SELECT * FROM kept");

      assertThat(admin().removeUser("app", Duration.ZERO).orElseThrow().state())
          .isEqualTo(State.CLEANING_UP);
      assertThat(users()).contains("app");
    }
    assertThat(assertRemoved("app").restartedAt()).isEmpty();
  }

  @Test
  void the_maker_of_a_role_neither_keeps_it_from_being_removed_nor_loses_more_than_a_session()
      throws Exception {
    create("ann");
    run("ann", "defaultdb", "CREATE USER app PASSWORD 'x'");
    try (Reconnecting clients = new Reconnecting(20, () -> connect("ann", "defaultdb"))) {
      clients.awaitConnected();

      assertRemoved("app");
    }
  }

  @Test
  void a_second_administrator_cannot_let_in_again_who_is_removed() throws Exception {
    create("ann");
    create("bob");
    createAppWithATable();
    try (Connection reading = connect("ann", "defaultdb");
        Statement statement = reading.createStatement()) {
      reading.setAutoCommit(false);
      statement.execute("SELECT * FROM kept");
      UserRemoval removal = admin().removeUser("app", Duration.ZERO).orElseThrow();
      assertThat(removal.state()).isEqualTo(State.CLEANING_UP);

      for (String user : List.of("ann", "bob")) {
        for (String sql :
            List.of(
                "ALTER ROLE app LOGIN CONNECTION LIMIT -1 PASSWORD 'x' VALID UNTIL 'infinity'",
                "ALTER ROLE app VALID UNTIL 'infinity'",
                "GRANT app TO bob",
                "ALTER ROLE app RENAME TO other")) {
          assertThatThrownBy(() -> run(user, "defaultdb", sql))
              .as("%s: %s", user, sql)
              .hasMessageContaining("permission denied");
        }
      }
      assertThat(admin().users(ALL))
          .filteredOn(user -> user.removal().isPresent())
          .extracting(SqlUser::name)
          .containsExactly("app");
    }
    assertRemoved("app");
  }

  @Test
  void settings_of_a_database_keep_nobody_from_logging_in_or_being_removed() throws SQLException {
    create("ann");
    create("bob");
    admin().createDatabase("odd");
    run("ann", "odd", "CREATE TABLE t (n int)", "CREATE VIEW v AS SELECT * FROM t");
    for (String setting :
        List.of(
            "plpgsql.extra_errors = 'all'",
            "plpgsql.extra_warnings = 'all'",
            "exit_on_error = on",
            "default_transaction_read_only = on",
            "statement_timeout = 1000",
            "default_table_access_method = 'heap'",
            "default_tablespace = 'nowhere'",
            "restrict_nonsystem_relation_kind = 'view, foreign-table'",
            "row_security = off",
            "search_path = ''",
            "DateStyle = 'German'",
            "IntervalStyle = 'sql_standard'",
            "TimeZone = 'Pacific/Kiritimati'",
            "array_nulls = off",
            "transform_null_equals = on",
            "quote_all_identifiers = on",
            "standard_conforming_strings = off",
            "client_min_messages = 'debug1'",
            "role = 'admin'")) {
      run("ann", "defaultdb", "ALTER DATABASE odd SET " + setting);
    }
    assertThat(admin().database("odd")).contains(new SqlDatabase("odd", 1));

    assertThat(assertRemoved("ann").review()).extracting(item -> item.name()).contains("public.v");
    run("bob", "odd", "SELECT 1");
  }

  @Test
  void a_view_in_quarantine_reads_nothing_that_its_maker_could_not_read() throws SQLException {
    create("ann");
    run(
        "ann",
        "defaultdb",
        "CREATE TABLE secrets (n int, m int)",
        "INSERT INTO secrets VALUES (1, 2)",
        "CREATE USER may PASSWORD 'x'",
        "CREATE USER may_not PASSWORD 'x'",
        "GRANT ALL ON SCHEMA public TO may, may_not",
        "GRANT SELECT ON secrets TO may");
    admin().changePassword("may", PASSWORD);
    admin().changePassword("may_not", PASSWORD);
    run("may", "defaultdb", "CREATE VIEW read AS SELECT n FROM secrets");
    run("may_not", "defaultdb", "CREATE VIEW unread AS SELECT n FROM secrets");
    run("may_not", "defaultdb", "GRANT SELECT ON unread TO PUBLIC");

    assertRemoved("may");
    assertRemoved("may_not");

    run("ann", "defaultdb", "SELECT * FROM read");
    assertThatThrownBy(() -> run("ann", "defaultdb", "SELECT * FROM unread"))
        .hasMessageContaining("permission denied for table secrets");
    run("ann", "defaultdb", "DROP TABLE secrets CASCADE");
  }

  @Test
  void what_a_user_owned_goes_to_the_real_administrators_whatever_their_role_is_called()
      throws SQLException {
    create("ann");
    create("bob");
    createAppWithATable();
    run("bob", "defaultdb", "ALTER ROLE admin RENAME TO other", "CREATE ROLE admin");

    assertRemoved("app");

    assertThat(
            CLUSTER.texts(
                "defaultdb",
                "SELECT relowner::regrole FROM pg_class WHERE relname = 'kept' AND relowner IN"
                    + " (SELECT member FROM pg_auth_members WHERE roleid = 4200)"))
        .containsExactly("admin");
  }
}
