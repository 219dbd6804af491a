package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.SqlAdmin;
import io.gatehouse.engines.SqlAdminFixture;
import io.gatehouse.engines.SqlDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What users may do with the relations of the system, and with each other's objects. */
final class SystemRightsTest extends SqlAdminFixture {
  private static final OneCluster CLUSTER = new OneCluster();
  private static final List<String> USERS = List.of("ann", "bob", "sqladmin", "app", "admin");
  private static final List<String> DATABASES =
      List.of("defaultdb", "made_by_api", "made_in_sql", "from_template0", "ascii", "template1");

  private static final String RIGHTS =
      """
      SELECT relation::regclass || ' ' || privilege || ' ' || rolname
      FROM pg_class AS c
        CROSS JOIN LATERAL (SELECT c.oid) AS r (relation)
        CROSS JOIN unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER',
          'MAINTAIN']) AS privilege
        CROSS JOIN pg_roles
      WHERE relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
        AND relkind IN ('r', 'v', 'm', 'p', 'f', 'S')
        AND rolname IN ('ann', 'bob', 'sqladmin', 'app', 'admin', 'gatehouse_administrators',
          'gatehouse_quarantine', 'gatehouse_quarantined_views', 'gatehouse_removed')
        AND has_table_privilege(rolname, relation, privilege)
        AND NOT (relation = 'pg_settings'::regclass AND privilege = 'UPDATE')
      """;

  /** In the columns too. */
  private static final String COLUMNS =
      """
      SELECT attrelid::regclass || '.' || attname || ' ' || rolname
      FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid CROSS JOIN pg_roles
      WHERE relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
        AND relkind IN ('r', 'v') AND attnum > 0 AND attacl IS NOT NULL
        AND rolname IN ('ann', 'app', 'admin')
        AND has_column_privilege(rolname, attrelid, attnum, 'INSERT, UPDATE, REFERENCES')
      """;

  private static final String MEMBERSHIPS =
      """
      SELECT rolname || ' in ' || roleid::regrole
      FROM pg_auth_members JOIN pg_roles ON pg_roles.oid = member
      WHERE roleid < 16384 AND member >= 16384
      ORDER BY 1
      """;

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

  private void createEveryKindOfUserAndDatabase() throws SQLException {
    create("ann");
    create("bob");
    admin().createDatabase("made_by_api");
    run(
        "ann",
        "defaultdb",
        "CREATE USER sqladmin CREATEROLE CREATEDB PASSWORD 'x'",
        "GRANT admin TO sqladmin",
        "CREATE USER app PASSWORD 'x'",
        "CREATE DATABASE made_in_sql",
        "CREATE DATABASE from_template0 TEMPLATE template0",
        "CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'"
            + " LOCALE_PROVIDER libc");
    admin().changePassword("sqladmin", PASSWORD);
    admin().changePassword("app", PASSWORD);
  }

  @Test
  void no_user_has_a_right_on_a_relation_of_the_system_in_any_database() throws SQLException {
    createEveryKindOfUserAndDatabase();
    for (String database : DATABASES) {
      assertThat(CLUSTER.texts(database, RIGHTS)).as(database).isEmpty();
      assertThat(CLUSTER.texts(database, COLUMNS)).as(database).isEmpty();
    }
    assertThat(CLUSTER.texts("postgres", MEMBERSHIPS))
        .containsExactly("admin in pg_read_all_stats", "admin in pg_signal_backend");
    assertThat(USERS)
        .allSatisfy(
            user ->
                assertThat(
                        CLUSTER.texts(
                            "defaultdb",
                            "SELECT has_table_privilege('" + user + "', 'pg_authid', 'SELECT')"))
                    .containsExactly("f"));
  }

  @Test
  void tables_of_any_user_are_read_and_written_by_administrators_at_once() throws SQLException {
    createEveryKindOfUserAndDatabase();
    run("ann", "defaultdb", "GRANT ALL ON SCHEMA public TO app");
    for (String database : List.of("defaultdb", "made_in_sql", "from_template0", "ascii")) {
      run("ann", database, "GRANT ALL ON SCHEMA public TO app");
      for (String maker : List.of("ann", "sqladmin", "app")) {
        run(maker, database, "CREATE TABLE of_" + maker + " (n serial, m int)");
        for (String reader : List.of("ann", "bob", "sqladmin")) {
          run(
              reader,
              database,
              "INSERT INTO of_" + maker + " (m) VALUES (1)",
              "UPDATE of_" + maker + " SET m = 2",
              "SELECT * FROM of_" + maker,
              "DELETE FROM of_" + maker);
        }
      }
      run("app", database, "CREATE TABLE kept_from AS SELECT 1 AS one");
      assertThatThrownBy(() -> run("app", database, "SELECT * FROM of_ann"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void administrators_manage_what_each_of_them_makes() throws SQLException {
    createEveryKindOfUserAndDatabase();
    run(
        "ann",
        "made_in_sql",
        "CREATE SCHEMA hers",
        "CREATE TABLE hers.t (n int)",
        "CREATE TABLE hers.pairs (n int, m int)",
        "CREATE TYPE hers.mood AS ENUM ('ok')",
        "CREATE SEQUENCE hers.s",
        "CREATE FUNCTION hers.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE VIEW hers.v AS SELECT * FROM hers.t",
        "CREATE AGGREGATE hers.total (int) (sfunc = int4pl, stype = int)",
        "CREATE OPERATOR hers.=== (leftarg = int, rightarg = int, function = int4eq)",
        "CREATE COLLATION hers.plain (provider = libc, locale = 'C')",
        "CREATE TEXT SEARCH CONFIGURATION hers.words (COPY = pg_catalog.simple)",
        "CREATE STATISTICS hers.many (ndistinct) ON n, m FROM hers.pairs",
        "CREATE PUBLICATION news FOR TABLE hers.t",
        "CREATE ROLE readers");

    run(
        "bob",
        "made_in_sql",
        "ALTER TABLE hers.t ADD m int",
        "ALTER TYPE hers.mood ADD VALUE 'good'",
        "ALTER SEQUENCE hers.s RESTART",
        "CREATE OR REPLACE FUNCTION hers.f() RETURNS int LANGUAGE sql AS 'SELECT 2'",
        "SELECT * FROM hers.v",
        "DROP VIEW hers.v",
        "ALTER AGGREGATE hers.total(int) RENAME TO sum",
        "ALTER OPERATOR hers.=== (int, int) SET (restrict = eqsel)",
        "ALTER COLLATION hers.plain RENAME TO simple",
        "ALTER TEXT SEARCH CONFIGURATION hers.words RENAME TO terms",
        "ALTER STATISTICS hers.many SET STATISTICS 10",
        "ALTER PUBLICATION news ADD TABLE hers.pairs",
        "DROP PUBLICATION news",
        "DROP SCHEMA hers CASCADE",
        "ALTER ROLE readers CREATEDB",
        "GRANT readers TO app",
        "CREATE DATABASE owned OWNER readers",
        "CREATE DATABASE of_app OWNER app",
        "ALTER ROLE app PASSWORD 'of bobs choice'");
    run(
        "bob",
        "defaultdb",
        "DROP DATABASE owned",
        "DROP ROLE readers",
        "DROP DATABASE made_in_sql");
  }

  @Test
  void extensions_are_shared_and_plpgsql_can_be_commented_on_but_not_dropped() throws SQLException {
    create("ann");
    create("bob");
    run("ann", "defaultdb", "CREATE EXTENSION hstore", "CREATE TABLE h (h hstore)");
    run(
        "bob",
        "defaultdb",
        "CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog",
        "COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL procedural language'",
        "COMMENT ON EXTENSION hstore IS 'of all'",
        "DROP EXTENSION hstore CASCADE",
        "DROP TABLE h");
    assertThatThrownBy(() -> run("bob", "defaultdb", "DROP EXTENSION plpgsql CASCADE"))
        .hasMessageContaining("cannot drop extension plpgsql");
  }

  @Test
  void what_runs_with_its_makers_rights_stays_its_makers() throws SQLException {
    create("ann");
    create("bob");
    run(
        "ann",
        "defaultdb",
        "CREATE TABLE secrets (n int)",
        "CREATE VIEW seen AS SELECT * FROM secrets",
        "CREATE FUNCTION plain() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION definer() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "CREATE FUNCTION later() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER FUNCTION later() SECURITY DEFINER");
    assertThat(
            CLUSTER.texts(
                "defaultdb",
                "SELECT proname || ' ' || pg_get_userbyid(proowner) FROM pg_proc"
                    + " WHERE proname IN ('plain', 'definer', 'later') ORDER BY 1"))
        .containsExactly("definer ann", "later ann", "plain admin");

    var removal = assertRemoved("ann");

    assertThat(removal.review())
        .extracting(item -> item.kind() + " " + item.name())
        .containsExactlyInAnyOrder(
            "view public.seen", "function public.definer()", "function public.later()");
    run("bob", "defaultdb", "SELECT * FROM seen", "DROP TABLE secrets CASCADE", "SELECT plain()");
    run("bob", "defaultdb", "DROP FUNCTION definer()", "DROP FUNCTION later()");
    run("bob", "defaultdb", "DROP FUNCTION plain()");
  }

  @Test
  void tables_are_counted_without_rights_also_where_connecting_was_revoked() throws SQLException {
    create("ann");
    admin().createDatabase("shut");
    run("ann", "shut", "CREATE TABLE t (n int)", "REVOKE ALL ON DATABASE shut FROM PUBLIC");

    assertThat(admin().database("shut")).contains(new SqlDatabase("shut", 1));
    assertThat(
            CLUSTER.texts(
                "postgres",
                "SELECT rolcanlogin::text || rolsuper || rolcreaterole || rolcreatedb"
                    + " || (SELECT count(*) FROM pg_auth_members WHERE member = pg_roles.oid)"
                    + " FROM pg_roles WHERE rolname = 'gatehouse_reader'"))
        .containsExactly("truefalsefalsefalse0");
  }

  @Test
  void a_name_that_differs_in_case_only_is_taken() {
    create("Deploy");
    assertThat(create("deploy")).hasValueSatisfying(u -> assertThat(u.name()).isEqualTo("Deploy"));
    assertThat(create("DEPLOY")).isPresent();
    assertThat(users()).containsExactly("Deploy");
  }

  @Test
  void passwords_set_at_once_all_succeed() throws Exception {
    create("ann");
    assertThat(together(8, () -> admin().changePassword("ann", PASSWORD))).containsOnly(true);
    run("ann", "defaultdb", "SELECT 1");
  }
}
