package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.SqlAdmin;
import io.gatehouse.engines.SqlDatabase;
import io.gatehouse.engines.SqlUsersContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of a PostgreSQL, and what they are kept from. */
final class PostgresSqlUsersTest extends SqlUsersContract {
  private static final OneCluster CLUSTER = new OneCluster();
  private static final String NO_RIGHT = "42501";
  private static final String NO_SUCH_FEATURE = "0A000";
  private static final List<String> FORBIDDEN =
      List.of(
          "COPY (SELECT 1) TO PROGRAM 'cat'",
          "COPY (SELECT 1) TO '/tmp/file'",
          "CREATE TABLE t (line text); COPY t FROM '/etc/hostname'",
          "SELECT pg_read_file('postgresql.conf')",
          "SELECT pg_ls_dir('.')",
          "SELECT lo_import('/etc/hostname')",
          "CREATE EXTENSION file_fdw",
          "CREATE EXTENSION dblink",
          "CREATE EXTENSION postgres_fdw",
          "CREATE EXTENSION plperl",
          "CREATE FUNCTION f() RETURNS void LANGUAGE c AS 'libc', 'abort'",
          "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1' PUBLICATION p",
          "CREATE TABLESPACE s LOCATION '/tmp'",
          "ALTER SYSTEM SET archive_command = 'true'",
          "SET log_statement = 'all'",
          "ALTER ROLE ann SUPERUSER",
          "CREATE ROLE x SUPERUSER",
          "CREATE ROLE x REPLICATION",
          "CREATE ROLE x BYPASSRLS",
          "ALTER ROLE gatehouse PASSWORD 'mine'",
          "ALTER ROLE gatehouse NOLOGIN",
          "ALTER ROLE gatehouse SET role = ann",
          "DROP ROLE gatehouse",
          "GRANT gatehouse TO ann",
          "SET ROLE gatehouse",
          "SET SESSION AUTHORIZATION gatehouse",
          "GRANT pg_execute_server_program TO ann",
          "GRANT pg_read_server_files TO ann",
          "SELECT pg_reload_conf()",
          "DROP DATABASE postgres",
          "ALTER DATABASE postgres RENAME TO mine",
          "ALTER DATABASE postgres SET role = ann",
          "UPDATE pg_authid SET rolsuper = true WHERE rolname = 'ann'",
          "BEGIN; LOCK TABLE pg_authid");

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

  @Test
  void a_sql_user_reaches_neither_the_operating_system_nor_the_superuser() {
    admin().createUser("ann", PASSWORD);
    for (String sql : FORBIDDEN) {
      assertThatThrownBy(() -> run("ann", "defaultdb", sql))
          .as(sql)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isIn(NO_RIGHT, NO_SUCH_FEATURE));
    }
  }

  @Test
  void what_the_cluster_needs_for_itself_is_not_to_be_had() {
    for (String user : new String[] {"gatehouse", "admin", "pg_monitor", "public", "none"}) {
      assertThat(admin().createUser(user, PASSWORD)).as(user).isFalse();
      assertThat(admin().changePassword(user, PASSWORD)).as(user).isFalse();
      assertThat(admin().dropUser(user)).as(user).isFalse();
    }
    for (String database : new String[] {"postgres", "template0", "template1"}) {
      assertThat(admin().createDatabase(database)).as(database).isFalse();
      assertThat(admin().database(database)).as(database).isEmpty();
      assertThat(admin().renameDatabase(database, "mine"))
          .as(database)
          .isEqualTo(SqlAdmin.Renamed.NO_SUCH_DATABASE);
      assertThat(admin().dropDatabase(database)).as(database).isEmpty();
    }
  }

  @Test
  void a_removal_broken_off_leaves_a_user_shut_out_and_is_finished_later() throws SQLException {
    admin().createUser("ann", PASSWORD);
    String shutOut = "ALTER ROLE ann NOLOGIN CONNECTION LIMIT 0 VALID UNTIL '-infinity'";
    CLUSTER.superuser().run(Sessions.MAINTENANCE, session -> session.execute(shutOut));
    assertThatThrownBy(() -> run("ann", "defaultdb", "SELECT 1")).isInstanceOf(SQLException.class);
    assertThat(admin().createUser("ann", PASSWORD)).isFalse();

    assertThat(admin().dropUser("ann")).isTrue();
    assertThat(admin().createUser("ann", PASSWORD)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "bob"})
  void a_user_is_removed_though_someone_keeps_a_lock_on_its_role(String who) throws SQLException {
    admin().createUser("bob", PASSWORD);
    run("bob", "defaultdb", "CREATE USER ann", "GRANT admin TO ann");
    admin().changePassword("ann", PASSWORD);
    try (Connection open = connect(who, "defaultdb");
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("ALTER ROLE ann PASSWORD 'of mine'");

      assertThat(admin().dropUser("ann")).isTrue();
    }
    assertThat(admin().users(new SqlAdmin.Page(null, false, 9))).containsExactly("bob");
  }

  @Test
  void no_user_gets_into_the_database_in_which_the_cluster_is_administered() {
    admin().createUser("ann", PASSWORD);
    assertThatThrownBy(() -> run("ann", "postgres", "SELECT 1"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(NO_RIGHT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER ROLE admin RENAME TO former",
        "ALTER ROLE admin LOGIN PASSWORD 'of mine'",
        "DROP ROLE IF EXISTS carl; CREATE USER carl CREATEROLE; GRANT carl TO admin;"
            + " ALTER ROLE admin LOGIN",
        "ALTER ROLE admin RENAME TO former; CREATE ROLE admin LOGIN PASSWORD 'of mine'"
      })
  void what_users_do_to_the_role_of_the_administrators_is_put_right_when_it_is_needed(String trick)
      throws SQLException {
    for (Runnable work : needingAdministrators()) {
      admin().createUser("ann", PASSWORD);
      run("ann", "defaultdb", trick);

      work.run();

      assertThat(cluster("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'admin'")).isFalse();
      assertThat(cluster("SELECT pg_has_role('admin', 'pg_read_all_data', 'usage')")).isTrue();
      assertThat(cluster("SELECT pg_has_role('ann', 'admin', 'usage')")).isTrue();
      run("ann", "defaultdb", "CREATE TABLE t (n int); DROP TABLE t");
    }
  }

  private List<Runnable> needingAdministrators() {
    return List.of(
        () -> assertThat(admin().createUser("bob", PASSWORD)).isTrue(),
        () -> assertThat(admin().dropUser("bob")).isTrue(),
        () -> assertThat(admin().createDatabase("shop")).isTrue());
  }

  private static boolean cluster(String question) {
    return CLUSTER.superuser().in(Sessions.MAINTENANCE, session -> session.holds(question));
  }

  @Test
  void who_waits_for_an_answer_does_not_wait_for_a_lock_of_others_for_long() throws SQLException {
    admin().createUser("ann", PASSWORD);
    admin().createUser("bob", PASSWORD);
    run("ann", "defaultdb", "CREATE TABLE hers (n int)", "GRANT ALL ON hers TO bob");
    try (Connection open = connect("bob", "defaultdb");
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("LOCK TABLE hers");

      assertThatThrownBy(() -> admin().dropUser("ann"))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("lock timeout");
      assertThat(admin().users(new SqlAdmin.Page(null, false, 9))).containsExactly("bob");
    }
    assertThat(admin().dropUser("ann")).isTrue();
    run("bob", "defaultdb", "SET ROLE admin", "DROP TABLE hers");
  }

  @Test
  void a_cluster_that_hangs_is_given_up_and_answers_again_later() throws Exception {
    admin().createUser("ann", PASSWORD);
    CLUSTER.signal("STOP");
    try {
      assertThatThrownBy(() -> admin().users(new SqlAdmin.Page(null, false, 9)))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("cannot be reached");
    } finally {
      CLUSTER.signal("CONT");
    }
    assertThat(admin().users(new SqlAdmin.Page(null, false, 9))).containsExactly("ann");
  }

  @Test
  void a_database_that_users_made_a_template_is_listed_and_dropped_like_any_other()
      throws SQLException {
    admin().createUser("ann", PASSWORD);
    admin().createDatabase("shop");
    run("ann", "defaultdb", "ALTER DATABASE shop IS_TEMPLATE true");
    SqlDatabase shop = new SqlDatabase("shop", 0);
    assertThat(admin().databases(ALL)).contains(shop);

    assertThat(admin().dropDatabase("shop")).contains(shop);
  }

  @Test
  void group_roles_made_in_sql_are_no_users() throws SQLException {
    admin().createUser("ann", PASSWORD);
    run("ann", "defaultdb", "CREATE ROLE readers");
    assertThat(admin().users(new SqlAdmin.Page(null, false, 9))).containsExactly("ann");
    assertThat(admin().dropUser("readers")).isFalse();
    run("ann", "defaultdb", "DROP ROLE readers");
  }

  @Test
  void the_log_holds_no_statement_of_a_user() throws Exception {
    admin().createUser("ann", PASSWORD);
    assertThatThrownBy(() -> run("ann", "defaultdb", "ALTER ROLE ann PASSWORD 'hush' oops"))
        .isInstanceOf(SQLException.class);
    assertThat(CLUSTER.log().since(0)).doesNotContain("hush");
  }
}
