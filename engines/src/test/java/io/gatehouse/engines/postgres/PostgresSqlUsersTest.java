package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.SqlAdmin;
import io.gatehouse.engines.SqlDatabase;
import io.gatehouse.engines.SqlUsersContract;
import io.gatehouse.engines.UserRemoval;
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
  void a_user_of_five_hundred_clients_that_reconnect_without_pause_is_gone() throws Exception {
    create("crowd");
    try (Reconnecting clients = new Reconnecting(500, 80, () -> connect("crowd", "defaultdb"))) {
      clients.awaitConnected();

      assertRemoved("crowd");
      assertThat(users()).doesNotContain("crowd");
    }
  }

  @Test
  void a_sql_user_reaches_neither_the_operating_system_nor_the_superuser() {
    create("ann");
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
      assertThat(create(user)).as(user).isPresent();
      assertThat(admin().changePassword(user, PASSWORD)).as(user).isFalse();
      assertThat(remove(user)).as(user).isEmpty();
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
    create("ann");
    String shutOut = "ALTER ROLE ann NOLOGIN CONNECTION LIMIT 0 VALID UNTIL '-infinity'";
    CLUSTER.superuser().run("postgres", session -> session.execute(shutOut));
    assertThatThrownBy(() -> run("ann", "defaultdb", "SELECT 1")).isInstanceOf(SQLException.class);
    assertThat(create("ann")).isPresent();

    assertRemoved("ann");
    assertThat(create("ann")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "bob"})
  void a_user_is_removed_though_someone_keeps_a_lock_on_its_role(String who) throws SQLException {
    create("bob");
    run("bob", "defaultdb", "CREATE USER ann", "GRANT admin TO ann");
    admin().changePassword("ann", PASSWORD);
    try (Connection open = connect(who, "defaultdb");
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("ALTER ROLE ann PASSWORD 'of mine'");

      assertRemoved("ann");
    }
    assertThat(users()).containsExactly("bob");
  }

  @Test
  void no_user_gets_into_the_database_in_which_the_cluster_is_administered() {
    create("ann");
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
      create("ann");
      run("ann", "defaultdb", trick);

      work.run();

      assertThat(cluster("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'admin'")).isFalse();
      assertThat(cluster("SELECT pg_has_role('admin', 'pg_signal_backend', 'usage')")).isTrue();
      assertThat(cluster("SELECT pg_has_role('ann', 'admin', 'usage')")).isTrue();
      run("ann", "defaultdb", "CREATE TABLE t (n int); DROP TABLE t");
    }
  }

  private List<Runnable> needingAdministrators() {
    return List.of(
        () -> assertThat(create("bob")).isEmpty(),
        () -> assertRemoved("bob"),
        () -> assertThat(admin().createDatabase("shop")).isTrue());
  }

  private static void superuser(String database, String sql) {
    CLUSTER.superuser().run(database, session -> session.execute(sql));
  }

  private static boolean cluster(String question) {
    return CLUSTER.superuser().maintain(session -> session.holds(question));
  }

  @Test
  void a_removal_that_a_lock_keeps_back_says_who_has_it_and_goes_on_later() throws SQLException {
    create("ann");
    create("bob");
    run("ann", "defaultdb", "CREATE TABLE hers (n int)");
    superuser("defaultdb", "ALTER TABLE public.hers OWNER TO ann; GRANT ALL ON public.hers TO bob");
    try (Connection open = connect("bob", "defaultdb");
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("LOCK TABLE hers");

      UserRemoval removal = admin().removeUser("ann", Duration.ofSeconds(2)).orElseThrow();

      assertThat(removal.state()).isEqualTo(UserRemoval.State.CLEANING_UP);
      assertThat(removal.blocker()).get(STRING).contains("hers", "bob", "\"defaultdb\"");
      assertThat(users()).containsExactly("ann", "bob");
    }
    assertRemoved("ann");
    run("bob", "defaultdb", "SET ROLE admin", "DROP TABLE hers");
  }

  @Test
  void a_cluster_that_hangs_is_given_up_and_answers_again_later() throws Exception {
    create("ann");
    CLUSTER.signalAll("STOP");
    try {
      assertThatThrownBy(() -> users())
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("cannot be reached");
    } finally {
      CLUSTER.signalAll("CONT");
    }
    assertThat(users()).containsExactly("ann");
  }

  @Test
  void a_database_that_users_made_a_template_is_listed_and_dropped_like_any_other()
      throws SQLException {
    create("ann");
    admin().createDatabase("shop");
    run("ann", "defaultdb", "ALTER DATABASE shop IS_TEMPLATE true");
    SqlDatabase shop = new SqlDatabase("shop", 0);
    assertThat(admin().databases(ALL)).contains(shop);

    assertThat(admin().dropDatabase("shop")).contains(shop);
  }

  @Test
  void group_roles_made_in_sql_are_no_users() throws SQLException {
    create("ann");
    run("ann", "defaultdb", "CREATE ROLE readers");
    assertThat(users()).containsExactly("ann");
    assertThat(remove("readers")).isEmpty();
    run("ann", "defaultdb", "DROP ROLE readers");
  }

  @Test
  void the_log_holds_no_statement_of_a_user() throws Exception {
    create("ann");
    assertThatThrownBy(() -> run("ann", "defaultdb", "ALTER ROLE ann PASSWORD 'hush' oops"))
        .isInstanceOf(SQLException.class);
    assertThat(CLUSTER.log().since(0)).doesNotContain("hush");
  }
}
