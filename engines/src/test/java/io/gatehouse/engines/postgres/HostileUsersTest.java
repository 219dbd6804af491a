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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

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

  /** A name that is cast to a role is read as an identifier, or as an OID. */
  @ParameterizedTest
  @ValueSource(strings = {"Deploy", "app-1", "a.b", "4711", "-"})
  void whoever_makes_a_function_that_runs_with_its_owners_rights_owns_it(String name)
      throws SQLException {
    create("ann");
    create(name);

    run(
        name,
        "defaultdb",
        "CREATE FUNCTION as_maker() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "CREATE FUNCTION altered() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER FUNCTION altered() SECURITY DEFINER",
        "SET ROLE admin",
        "CREATE FUNCTION as_admin() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'");

    assertThat(
            CLUSTER.texts(
                "defaultdb",
                "SELECT DISTINCT rolname FROM pg_proc JOIN pg_authid ON pg_authid.oid = proowner"
                    + " WHERE proname IN ('as_maker', 'altered', 'as_admin')"))
        .containsExactly(name);
    run("ann", "defaultdb", "DROP FUNCTION as_maker, altered, as_admin");
  }

  @Test
  void nobody_makes_a_function_that_runs_with_the_rights_of_the_role_whose_oid_is_their_name()
      throws SQLException {
    create("ann");
    String oid =
        CLUSTER
            .texts("defaultdb", "SELECT oid FROM pg_authid WHERE rolname LIKE '%\\_administrators'")
            .getFirst();
    run("ann", "defaultdb", "CREATE USER \"" + oid + "\"", "GRANT admin TO \"" + oid + "\"");
    admin().changePassword(oid, PASSWORD);

    run(
        oid,
        "defaultdb",
        "SET ROLE admin",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'");

    assertThat(
            CLUSTER.texts(
                "defaultdb",
                "SELECT rolname FROM pg_proc JOIN pg_authid ON pg_authid.oid = proowner"
                    + " WHERE proname = 'mine'"))
        .containsExactly(oid);
    run("ann", "defaultdb", "DROP FUNCTION mine");
  }

  /** In Turkish the upper case of "i" is no ASCII letter. */
  @Test
  void every_kind_of_object_is_made_and_shared_in_a_database_with_turkish_rules()
      throws SQLException {
    create("ann");
    create("bob");
    run(
        "ann",
        "defaultdb",
        "CREATE DATABASE turkish TEMPLATE template0"
            + " LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'tr'");
    run(
        "ann",
        "turkish",
        "CREATE TABLE t (n int, m int)",
        "CREATE COLLATION made FROM \"C\"",
        "CREATE PUBLICATION made",
        "CREATE STATISTICS made ON n, m FROM t",
        "CREATE TEXT SEARCH CONFIGURATION made (COPY = simple)",
        "CREATE TEXT SEARCH DICTIONARY made (TEMPLATE = simple)",
        "CREATE CONVERSION made FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
        "CREATE DOMAIN made AS text[]",
        "CREATE VIEW v AS SELECT * FROM t");

    run(
        "bob",
        "turkish",
        "DROP COLLATION made",
        "DROP PUBLICATION made",
        "DROP STATISTICS made",
        "DROP TEXT SEARCH CONFIGURATION made",
        "DROP TEXT SEARCH DICTIONARY made",
        "DROP CONVERSION made",
        "DROP DOMAIN made");
    assertThat(assertRemoved("ann").review()).extracting(item -> item.name()).contains("public.v");
  }

  @Test
  void what_a_user_prepares_for_the_quarantine_roles_gains_nothing_there() throws SQLException {
    create("ann");
    create("bob");
    run(
        "ann",
        "defaultdb",
        "CREATE TABLE hidden (n int)",
        "CREATE USER app PASSWORD 'x'",
        "CREATE FUNCTION door() RETURNS bigint LANGUAGE sql SECURITY DEFINER"
            + " AS 'SELECT count(*) FROM public.hidden'",
        "CREATE VIEW opening AS SELECT n FROM hidden",
        "GRANT ALL ON opening TO app",
        "GRANT admin TO gatehouse_quarantine",
        "GRANT admin TO gatehouse_quarantined_views",
        "GRANT admin TO gatehouse_reader",
        "GRANT admin TO gatehouse_removed",
        "GRANT SELECT, INSERT ON hidden TO gatehouse_quarantine",
        "GRANT INSERT, DELETE ON hidden TO gatehouse_quarantined_views WITH GRANT OPTION",
        "GRANT UPDATE (n) ON hidden TO gatehouse_quarantined_views",
        "ALTER DEFAULT PRIVILEGES FOR ROLE admin GRANT ALL ON TABLES TO gatehouse_quarantine",
        "ALTER DEFAULT PRIVILEGES FOR ROLE admin IN SCHEMA public"
            + " GRANT ALL ON TABLES TO gatehouse_quarantined_views");
    admin().changePassword("app", PASSWORD);

    assertRemoved("ann");

    run("app", "defaultdb", "SELECT * FROM opening");
    for (String sql :
        List.of("SELECT door()", "INSERT INTO opening VALUES (1)", "UPDATE opening SET n = 2")) {
      assertThatThrownBy(() -> run("app", "defaultdb", sql))
          .as(sql)
          .hasMessageContaining("permission denied for table hidden");
    }
    run("bob", "defaultdb", "CREATE TABLE later (n int)");
    assertThat(
            CLUSTER.texts(
                "defaultdb",
                "SELECT bool_or(has_table_privilege(rolname, oid, 'SELECT')) FROM pg_class,"
                    + " unnest(ARRAY['gatehouse_quarantine', 'gatehouse_reader']) AS rolname"
                    + " WHERE relname IN ('hidden', 'later')"))
        .containsExactly("f");
    run("bob", "defaultdb", "DROP TABLE hidden, later CASCADE", "DROP FUNCTION door");
  }

  @Test
  void rights_of_the_quarantine_are_taken_back_by_the_sweep() throws SQLException {
    create("bob");
    run(
        "bob",
        "defaultdb",
        "CREATE TABLE hidden (n int)",
        "GRANT SELECT ON hidden TO gatehouse_quarantine",
        "GRANT admin TO gatehouse_quarantine");

    admin().repair();

    assertThat(
            CLUSTER.texts(
                "defaultdb",
                "SELECT has_table_privilege('gatehouse_quarantine', 'public.hidden', 'SELECT')"))
        .containsExactly("f");
    run("bob", "defaultdb", "DROP TABLE hidden");
  }

  /** Its owner is another role now, which a policy may not name. */
  @ParameterizedTest
  @ValueSource(strings = {"may", "may, others", "others"})
  void a_view_in_quarantine_stays_restricted_as_its_maker_was(String restricted)
      throws SQLException {
    create("ann");
    run(
        "ann",
        "defaultdb",
        "CREATE TABLE tenants (n int)",
        "INSERT INTO tenants VALUES (1), (2)",
        "CREATE USER may PASSWORD 'x'",
        "CREATE ROLE others",
        "GRANT others TO may",
        "GRANT ALL ON SCHEMA public TO may",
        "GRANT SELECT ON tenants TO may",
        "ALTER TABLE tenants ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY everything ON tenants USING (true)",
        "CREATE POLICY narrow ON tenants AS RESTRICTIVE TO " + restricted + " USING (n = 1)");
    admin().changePassword("may", PASSWORD);
    run("may", "defaultdb", "CREATE VIEW narrowed AS SELECT n FROM tenants");
    String sum = "SELECT sum(n) FROM public.narrowed";
    assertThat(CLUSTER.texts("defaultdb", sum)).containsExactly("1");

    assertRemoved("may");

    assertThat(CLUSTER.texts("defaultdb", sum)).containsExactly("1");
    run("ann", "defaultdb", "DROP TABLE tenants CASCADE", "DROP ROLE others");
  }

  @Test
  void databases_are_listed_where_users_may_open_no_more_connections() throws SQLException {
    create("ann");
    admin().createDatabase("limited");
    run("ann", "limited", "CREATE TABLE t (n int)");
    run("ann", "defaultdb", "ALTER DATABASE limited CONNECTION LIMIT 0");

    assertThat(admin().database("limited")).contains(new SqlDatabase("limited", 1));
    assertThat(admin().dropDatabase("limited")).contains(new SqlDatabase("limited", 1));
  }

  @Test
  void databases_are_listed_while_all_ordinary_connections_are_taken() throws SQLException {
    create("ann");
    List<Connection> taken = new ArrayList<>();
    try {
      assertThatThrownBy(
              () -> {
                while (taken.size() < 100) {
                  taken.add(connect("ann", "defaultdb"));
                }
              })
          .isInstanceOf(SQLException.class);

      assertThat(admin().databases(ALL)).extracting(SqlDatabase::name).containsExactly("defaultdb");
      assertThat(admin().createDatabase("another")).isTrue();
      assertThat(admin().dropDatabase("another")).contains(new SqlDatabase("another", 0));
    } finally {
      for (Connection connection : taken) {
        connection.close();
      }
    }
  }

  @Test
  void who_is_giving_something_to_a_removed_role_is_named() throws SQLException {
    create("ann");
    createAppWithATable();
    try (Connection giving = connect("ann", "defaultdb");
        Statement statement = giving.createStatement()) {
      giving.setAutoCommit(false);
      statement.execute("CREATE TABLE gift (n int)");
      statement.execute("GRANT SELECT ON gift TO app");

      UserRemoval removal = admin().removeUser("app", Duration.ZERO).orElseThrow();

      assertThat(removal.state()).isEqualTo(State.CLEANING_UP);
      assertThat(removal.blocker().orElseThrow()).contains("of ann in the database defaultdb");
      giving.commit();
    }
    assertRemoved("app");
    run("ann", "defaultdb", "DROP TABLE gift");
  }

  /** Who revokes as a member of a group, or of the owner, revokes what that role granted. */
  @Test
  void rights_go_whose_grantor_has_the_grant_option_through_another_role_by_now()
      throws SQLException {
    create("ann");
    create("bob");
    run(
        "ann",
        "defaultdb",
        "CREATE ROLE owns",
        "CREATE ROLE friend",
        "CREATE USER app PASSWORD 'x'",
        "CREATE TABLE passed (n int, m int)",
        "CREATE SCHEMA owned",
        "GRANT CREATE, USAGE ON SCHEMA public TO owns",
        "ALTER TABLE passed OWNER TO owns",
        "SET ROLE owns",
        "GRANT SELECT, UPDATE (n) ON passed TO bob WITH GRANT OPTION",
        "RESET ROLE");
    run(
        "bob",
        "defaultdb",
        "GRANT SELECT ON passed TO app WITH GRANT OPTION",
        "GRANT UPDATE (n) ON passed TO app",
        "GRANT SELECT ON passed TO friend");
    CLUSTER
        .superuser()
        .run(
            "defaultdb",
            session -> {
              session.execute("ALTER TABLE public.passed OWNER TO admin");
              session.execute("REVOKE GRANT OPTION FOR SELECT ON public.passed FROM bob");
              session.execute("REVOKE UPDATE (n) ON public.passed FROM bob");
            });
    assertThat(
            CLUSTER.texts(
                "defaultdb",
                "SELECT count(*) FROM aclexplode((SELECT relacl FROM pg_class"
                    + " WHERE relname = 'passed')) WHERE grantee = 'app'::regrole"))
        .containsExactly("1");

    assertRemoved("app");

    assertThat(
            CLUSTER.texts(
                "defaultdb",
                "SELECT concat_ws(' ', has_table_privilege('friend', 'public.passed', 'SELECT'),"
                    + " (SELECT bool_or(is_grantable) FROM aclexplode(relacl)"
                    + " WHERE grantee = 'bob'::regrole), attacl)"
                    + " FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
                    + " WHERE relname = 'passed' AND attname = 'n'"))
        .containsExactly("t f");
    run("ann", "defaultdb", "DROP SCHEMA owned", "DROP TABLE passed");
    run("ann", "defaultdb", "DROP OWNED BY owns, friend", "DROP ROLE owns, friend");
  }

  @Test
  void large_objects_are_shared_by_the_sweep() throws SQLException {
    create("ann");
    create("bob");
    run("ann", "defaultdb", "SELECT lo_from_bytea(4711, 'x')");

    admin().repair();

    run("bob", "defaultdb", "SELECT lo_put(4711, 0, 'y')", "SELECT lo_unlink(4711)");
  }

  /** A rule runs with the rights of the table's owner, which is admin from then on. */
  @Test
  void a_rule_on_a_table_gains_nothing_when_its_maker_is_removed() throws SQLException {
    create("ann");
    run(
        "ann",
        "defaultdb",
        "CREATE TABLE hidden (n int)",
        "INSERT INTO hidden VALUES (42)",
        "CREATE USER may PASSWORD 'x'",
        "CREATE USER friend PASSWORD 'x'",
        "GRANT ALL ON SCHEMA public TO may");
    admin().changePassword("may", PASSWORD);
    admin().changePassword("friend", PASSWORD);
    run(
        "may",
        "defaultdb",
        "CREATE TABLE shown (n int)",
        "CREATE TABLE asked (n int)",
        "CREATE RULE answer AS ON INSERT TO asked DO ALSO INSERT INTO shown SELECT n FROM hidden",
        "CREATE RULE never AS ON DELETE TO asked DO INSTEAD NOTHING",
        "GRANT ALL ON asked, shown TO friend");

    assertThat(assertRemoved("may").review())
        .filteredOn(item -> item.kind().equals("rule"))
        .extracting(item -> item.name() + ": " + item.note())
        .containsExactly(
            "answer on public.asked: disabled: it would run with the rights of administrators",
            "never on public.asked: runs with the rights of the table's owner");

    run("friend", "defaultdb", "INSERT INTO asked VALUES (1)", "DELETE FROM asked");
    assertThat(CLUSTER.texts("defaultdb", "SELECT n FROM public.shown")).isEmpty();
    assertThat(CLUSTER.texts("defaultdb", "SELECT n FROM public.asked")).containsExactly("1");
    run("ann", "defaultdb", "ALTER TABLE asked ENABLE RULE answer");
    run("ann", "defaultdb", "DROP TABLE asked, shown, hidden");
  }

  /** Each login shares new roles, and must not wait for each of them. */
  @Test
  void an_open_transaction_that_changes_many_new_roles_does_not_keep_others_from_logging_in()
      throws SQLException {
    create("ann");
    String each = "DO 'BEGIN FOR i IN 1..60 LOOP EXECUTE format(''%s'', i); END LOOP; END'";
    try (Connection changing = connect("ann", "defaultdb");
        Statement statement = changing.createStatement()) {
      statement.execute("CREATE ROLE grp");
      statement.execute(each.formatted("CREATE ROLE role_%s"));
      changing.setAutoCommit(false);
      statement.execute(each.formatted("GRANT role_%s TO grp"));

      PGSimpleDataSource other = new PGSimpleDataSource();
      other.setServerNames(new String[] {endpoint().host()});
      other.setPortNumbers(new int[] {endpoint().port()});
      other.setDatabaseName("defaultdb");
      other.setLoginTimeout(6); // half of what 60 waits of 200 ms take
      other.getConnection("ann", PASSWORD.reveal()).close();

      changing.rollback();
      changing.setAutoCommit(true);
      statement.execute(each.formatted("DROP ROLE role_%s"));
      statement.execute("DROP ROLE grp");
    }
  }
}
