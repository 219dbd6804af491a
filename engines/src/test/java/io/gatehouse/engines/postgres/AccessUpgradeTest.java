package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.SqlAdmin;
import io.gatehouse.engines.SqlAdminFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster as the first version made it, with what users could do there, after the next start. */
final class AccessUpgradeTest extends SqlAdminFixture {
  /** How the first version set up a cluster. */
  private static final List<String> FIRST_VERSION =
      List.of(
          "DROP OWNED BY gatehouse_administrators",
          "DROP ROLE gatehouse_administrators",
          "DROP ROLE gatehouse_quarantine",
          "DROP ROLE gatehouse_quarantined_views",
          "DROP ROLE gatehouse_removed",
          "DROP ROLE gatehouse_reader",
          "COMMENT ON DATABASE template0 IS 'unmodifiable empty database'",
          "GRANT pg_read_all_data, pg_write_all_data, pg_stat_scan_tables TO admin",
          "CREATE ROLE ann LOGIN CREATEDB CREATEROLE PASSWORD '%s'",
          "GRANT admin TO ann WITH ADMIN OPTION, INHERIT TRUE",
          "CREATE ROLE bob LOGIN CREATEDB CREATEROLE PASSWORD '%s'",
          "GRANT admin TO bob WITH ADMIN OPTION, INHERIT TRUE");

  private static final List<String> WITHOUT_TRIGGERS =
      List.of(
          "ALTER EXTENSION plpgsql DROP EVENT TRIGGER gatehouse_share",
          "ALTER EXTENSION plpgsql DROP EVENT TRIGGER gatehouse_login",
          "ALTER EXTENSION plpgsql DROP FUNCTION gatehouse_share()",
          "ALTER EXTENSION plpgsql DROP FUNCTION gatehouse_login()",
          "DROP EVENT TRIGGER gatehouse_share",
          "DROP EVENT TRIGGER gatehouse_login",
          "DROP FUNCTION gatehouse_share()",
          "DROP FUNCTION gatehouse_login()");

  private final OneCluster cluster = new OneCluster();

  @BeforeEach
  void createAsTheFirstVersionDid() {
    cluster.create();
    superuser("postgres", "ALTER DATABASE template0 ALLOW_CONNECTIONS true");
    for (String database : List.of("template0", "template1", "defaultdb")) {
      WITHOUT_TRIGGERS.forEach(statement -> superuser(database, statement));
    }
    superuser("postgres", "ALTER DATABASE template0 ALLOW_CONNECTIONS false");
    FIRST_VERSION.forEach(
        statement -> superuser("postgres", statement.formatted(PASSWORD.reveal())));
  }

  @Override
  @AfterEach
  protected void removeEverything() {
    cluster.remove();
  }

  @Override
  protected SqlAdmin admin() {
    return cluster.admin();
  }

  @Override
  protected Endpoint endpoint() {
    return cluster.endpoint();
  }

  private void superuser(String database, String sql) {
    cluster.superuser().run(database, session -> session.execute(sql));
  }

  private void startAgain() {
    cluster.create();
    assertThat(admin().sweep().unfinished()).isEmpty();
    admin().repair();
  }

  @Test
  void rights_on_the_systems_relations_are_taken_back_and_users_go_on_working()
      throws SQLException {
    run("ann", "defaultdb", "CREATE TABLE before (n int)", "CREATE SCHEMA hers");
    run("ann", "defaultdb", "CREATE VIEW seen AS SELECT * FROM before");
    startAgain();

    assertThat(
            cluster.texts(
                "defaultdb",
                "SELECT relname FROM pg_class, pg_roles"
                    + " WHERE relnamespace IN ('pg_catalog'::regnamespace,"
                    + " 'information_schema'::regnamespace) AND relkind IN ('r', 'v')"
                    + " AND rolname IN ('ann', 'bob', 'admin') AND relname <> 'pg_settings'"
                    + " AND has_table_privilege(rolname, pg_class.oid,"
                    + " 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER, MAINTAIN')"))
        .isEmpty();
    run("bob", "defaultdb", "INSERT INTO before VALUES (1)", "ALTER TABLE before ADD m int");
    run("bob", "defaultdb", "SELECT * FROM seen", "CREATE TABLE hers.t (n int)");
    run("bob", "defaultdb", "CREATE DATABASE later TEMPLATE template0");
    run("bob", "later", "CREATE TABLE t (n int)");
    run("ann", "later", "INSERT INTO t VALUES (1)");
    assertRemoved("ann");
    run("bob", "defaultdb", "SELECT * FROM before");
  }

  @Test
  void a_removal_that_the_first_version_did_not_end_is_ended() {
    superuser(
        "postgres",
        "CREATE ROLE carl NOLOGIN CONNECTION LIMIT 0 VALID UNTIL '-infinity';"
            + " GRANT admin TO carl");
    startAgain();

    assertThat(users()).containsExactly("ann", "bob");
    assertThat(cluster.texts("postgres", "SELECT rolname FROM pg_roles WHERE rolname = 'carl'"))
        .isEmpty();
    assertThat(create("carl")).isEmpty();
  }

  @Test
  void objects_that_are_locked_at_the_start_are_shared_later() throws SQLException {
    run("ann", "defaultdb", "CREATE TABLE busy (n int)", "CREATE TABLE idle (n int)");
    try (Connection open = connect("ann", "defaultdb");
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("SELECT * FROM busy");
      startAgain();
      run("bob", "defaultdb", "SELECT * FROM idle");
      assertThatThrownBy(() -> run("bob", "defaultdb", "SELECT * FROM busy"))
          .hasMessageContaining("permission denied");
    }
    admin().repair();
    run("bob", "defaultdb", "SELECT * FROM busy");
  }

  @Test
  void powers_that_users_got_hold_of_are_taken_from_them() throws SQLException {
    superuser("postgres", "GRANT pg_execute_server_program TO ann WITH ADMIN OPTION");
    superuser("postgres", "ALTER ROLE bob SUPERUSER REPLICATION BYPASSRLS");
    superuser("defaultdb", "GRANT ALL ON pg_catalog.pg_class TO ann");
    superuser("defaultdb", "GRANT UPDATE (relname) ON pg_catalog.pg_class TO PUBLIC");

    startAgain();

    assertThat(
            cluster.texts(
                "defaultdb",
                "SELECT concat_ws(' ', pg_has_role('ann', 'pg_execute_server_program', 'MEMBER'),"
                    + " (SELECT rolsuper OR rolreplication OR rolbypassrls FROM pg_roles"
                    + " WHERE rolname = 'bob'),"
                    + " has_table_privilege('ann', 'pg_class', 'UPDATE'),"
                    + " has_any_column_privilege('ann', 'pg_class', 'UPDATE'))"))
        .containsExactly("f f f f");
  }

  @Test
  void nothing_is_granted_or_revoked_under_a_predefined_roles_name_that_another_role_has() {
    superuser(
        "postgres",
        "UPDATE pg_authid SET rolname = 'aside' WHERE oid = 6182;"
            + " UPDATE pg_authid SET rolname = 'pg_write_all_data' WHERE rolname = 'ann'");

    assertThatThrownBy(cluster::create)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("Predefined roles of the cluster were renamed")
        .hasMessageContaining("pg_write_all_data (6182)");

    superuser(
        "postgres",
        "UPDATE pg_authid SET rolname = 'ann' WHERE rolname = 'pg_write_all_data';"
            + " UPDATE pg_authid SET rolname = 'pg_write_all_data' WHERE oid = 6182");
    startAgain();
  }

  @Test
  void the_maintenance_database_is_known_whatever_it_is_called() throws SQLException {
    startAgain();
    superuser("template1", "UPDATE pg_database SET datname = 'theirs' WHERE oid = 5");
    superuser("template1", "CREATE DATABASE postgres TEMPLATE template0");

    assertThat(
            cluster
                .superuser()
                .<String>maintain(
                    session ->
                        session
                            .query("SELECT current_database()", row -> row.getString(1))
                            .getFirst()))
        .isEqualTo("theirs");
    assertThat(create("carl")).isEmpty();
    assertThat(users()).contains("carl");
  }

  @Test
  void what_depends_on_an_older_trigger_does_not_keep_it() throws SQLException {
    superuser(
        "defaultdb",
        "CREATE FUNCTION pg_catalog.gatehouse_share() RETURNS event_trigger LANGUAGE plpgsql"
            + " AS 'BEGIN END';"
            + " CREATE EVENT TRIGGER gatehouse_share ON ddl_command_end"
            + " EXECUTE FUNCTION pg_catalog.gatehouse_share();"
            + " ALTER EXTENSION plpgsql ADD FUNCTION pg_catalog.gatehouse_share();"
            + " ALTER EXTENSION plpgsql ADD EVENT TRIGGER gatehouse_share");
    run(
        "ann",
        "defaultdb",
        "CREATE TABLE pins (f regproc DEFAULT 'pg_catalog.gatehouse_share'::regproc)");

    startAgain();

    run("ann", "defaultdb", "CREATE TABLE later (n int)");
    run("bob", "defaultdb", "ALTER TABLE later ADD m int", "INSERT INTO pins DEFAULT VALUES");
  }
}
