package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.engines.AccessSweep;
import io.gatehouse.engines.SqlAdmin.Page;
import io.gatehouse.engines.SqlUser;
import io.gatehouse.engines.UserRemoval;
import io.gatehouse.engines.UserRemoval.ReviewItem;
import io.gatehouse.engines.UserRemoval.State;
import io.gatehouse.engines.postgres.access.ClusterAccess;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.Sessions;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that a role can leave behind in a PostgreSQL, and that nothing of it stays. */
final class RoleRemovalTest {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final List<String> DATABASES =
      List.of("one", "two", "three", "four", "five", "six", "closed", "ascii");

  /** A leftover of each kind, in a database; made by the superuser and given to the leaver. */
  private static final List<String> LEFTOVERS =
      List.of(
          "CREATE TABLE kept (id int PRIMARY KEY, note text, secret text)",
          "INSERT INTO kept VALUES (1, 'a', 'b'), (2, 'c', 'd')",
          "CREATE TABLE others (n int)",
          "CREATE TABLE hers (n int, m serial)",
          "ALTER TABLE hers OWNER TO leaver",
          "CREATE SCHEMA hers",
          "ALTER SCHEMA hers OWNER TO leaver",
          "CREATE TYPE mood AS ENUM ('ok')",
          "ALTER TYPE mood OWNER TO leaver",
          "CREATE SEQUENCE counter",
          "ALTER SEQUENCE counter OWNER TO leaver",
          "CREATE FUNCTION plain() RETURNS int LANGUAGE sql AS 'SELECT 1'",
          "ALTER FUNCTION plain() OWNER TO leaver",
          "CREATE FUNCTION definer() RETURNS bigint LANGUAGE sql SECURITY DEFINER"
              + " AS 'SELECT count(*) FROM public.kept'",
          "ALTER FUNCTION definer() OWNER TO leaver",
          "CREATE FUNCTION fired() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'",
          "ALTER FUNCTION fired() OWNER TO leaver",
          "CREATE TRIGGER fires BEFORE INSERT ON others FOR EACH ROW EXECUTE FUNCTION fired()",
          "CREATE FUNCTION folded(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower($1)'",
          "ALTER FUNCTION folded(text) OWNER TO leaver",
          "CREATE INDEX folding ON kept (folded(note))",
          "CREATE STATISTICS folds ON (folded(note)) FROM kept",
          "GRANT SELECT ON kept TO leaver",
          "CREATE VIEW seen AS SELECT id FROM kept",
          "ALTER VIEW seen OWNER TO leaver",
          "GRANT SELECT ON seen TO PUBLIC",
          "CREATE MATERIALIZED VIEW stored AS SELECT id FROM kept",
          "ALTER MATERIALIZED VIEW stored OWNER TO leaver",
          "CREATE RULE also AS ON INSERT TO hers DO ALSO NOTHING",
          "GRANT UPDATE (note) ON kept TO leaver WITH GRANT OPTION",
          "ALTER TABLE kept ENABLE ROW LEVEL SECURITY",
          "CREATE POLICY everyone ON kept USING (true)",
          "CREATE POLICY only_hers ON kept TO leaver USING (true)",
          "CREATE POLICY narrow ON kept AS RESTRICTIVE TO leaver, friend USING (id = 1)",
          "ALTER DEFAULT PRIVILEGES FOR ROLE leaver GRANT SELECT ON TABLES TO friend",
          "ALTER DEFAULT PRIVILEGES FOR ROLE friend IN SCHEMA public GRANT SELECT ON TABLES TO leaver",
          "GRANT ALL ON others TO middle WITH GRANT OPTION",
          "SET ROLE middle",
          "GRANT SELECT ON others TO leaver WITH GRANT OPTION",
          "SET ROLE leaver",
          "GRANT SELECT ON others TO friend",
          "GRANT UPDATE (note) ON kept TO friend",
          "RESET ROLE",
          "GRANT USAGE ON SCHEMA public TO leaver WITH GRANT OPTION",
          "GRANT EXECUTE ON FUNCTION plain() TO friend",
          "SELECT lo_create(4711)",
          "ALTER LARGE OBJECT 4711 OWNER TO leaver",
          "SELECT lo_create(4712)",
          "GRANT SELECT ON LARGE OBJECT 4712 TO leaver",
          "CREATE EXTENSION postgres_fdw",
          "CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw",
          "ALTER SERVER far OWNER TO leaver",
          "CREATE USER MAPPING FOR leaver SERVER far OPTIONS (user 'x')",
          "CREATE USER MAPPING FOR friend SERVER far OPTIONS (user 'leaver')",
          "CREATE PUBLICATION pub FOR TABLE others",
          "ALTER PUBLICATION pub OWNER TO leaver",
          "CREATE FUNCTION on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
          "ALTER FUNCTION on_ddl() OWNER TO leaver",
          "CREATE EVENT TRIGGER ddl ON ddl_command_end EXECUTE FUNCTION on_ddl()",
          "ALTER ROLE leaver SUPERUSER",
          "ALTER EVENT TRIGGER ddl OWNER TO leaver",
          "CREATE PUBLICATION of_schema FOR TABLES IN SCHEMA public",
          "ALTER PUBLICATION of_schema OWNER TO leaver",
          "CREATE PUBLICATION of_all FOR ALL TABLES",
          "ALTER PUBLICATION of_all OWNER TO leaver",
          "ALTER ROLE leaver NOSUPERUSER");

  private static final List<String> OF_THE_CLUSTER =
      List.of(
          "CREATE ROLE friend LOGIN PASSWORD 'correct horse'",
          "CREATE ROLE middle NOLOGIN",
          "CREATE ROLE grp NOLOGIN",
          "CREATE ROLE under NOLOGIN",
          "GRANT middle TO leaver WITH ADMIN OPTION",
          "GRANT grp TO middle WITH ADMIN OPTION",
          "SET ROLE middle",
          "GRANT grp TO leaver WITH ADMIN OPTION",
          "SET ROLE leaver",
          "GRANT grp TO friend",
          "RESET ROLE",
          "GRANT leaver TO under",
          "ALTER ROLE leaver SET work_mem = '1MB'",
          "ALTER ROLE leaver IN DATABASE one SET work_mem = '2MB'",
          "GRANT SET ON PARAMETER log_statement TO leaver",
          "CREATE TABLESPACE hers LOCATION ''",
          "ALTER TABLESPACE hers OWNER TO leaver",
          "GRANT CREATE ON DATABASE two TO leaver WITH GRANT OPTION",
          "ALTER DATABASE three OWNER TO leaver");

  /** Rows of system catalogs in which the OID stands, as owner, member, grantor, or in an ACL. */
  private static final String SCAN =
      """
      SELECT string_agg(format('SELECT %L WHERE EXISTS (SELECT FROM pg_catalog.%I WHERE %s)',
        relname || '.' || attname, relname,
        CASE typname
          WHEN 'oid' THEN format('%I = :oid', attname)
          WHEN '_oid' THEN format(':oid = ANY (%I)', attname)
          ELSE format('EXISTS (SELECT FROM aclexplode(%I) AS a'
            ' WHERE :oid IN (a.grantor, a.grantee))', attname)
        END), ' UNION ALL ')
      FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        JOIN pg_type ON pg_type.oid = atttypid
      WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' AND attnum > 0
        AND typname IN ('oid', '_oid', '_aclitem') AND NOT attisdropped
      """;

  private static FullPostgres postgres;

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final ClusterAccess access = new ClusterAccess(now::get);
  private Sessions cluster;

  @BeforeAll
  static void start() throws IOException {
    postgres = new FullPostgres();
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void open() {
    cluster = postgres.superuser().kept(access.pool());
  }

  @AfterEach
  void close() {
    access.close();
  }

  private void create(String name) {
    assertThat(access.create(cluster, name, FullPostgres.PASSWORD, WAIT)).isEmpty();
  }

  private UserRemoval remove(String name) {
    return access.remove(cluster, name, Duration.ofSeconds(3)).orElseThrow();
  }

  private void assertGone(String name) {
    assertGoneWithin(WAIT, name);
  }

  private void assertGoneWithin(Duration wait, String name) {
    UserRemoval removal = access.remove(cluster, name, wait).orElseThrow();
    assertThat(removal.blocker()).isEmpty();
    assertThat(removal.state()).isEqualTo(State.DONE);
    access.confirmRemoval(cluster, new SqlUser(name, Optional.of(removal)));
  }

  /** Each test hears of its own removals only. */
  private AccessSweep sweep() {
    AccessSweep sweep = access.sweep(cluster, postgres::restart);
    sweep.finished().forEach(user -> access.confirmRemoval(cluster, user));
    return sweep;
  }

  private void later(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  private static String oid(String role) throws SQLException {
    return postgres
        .texts("postgres", "SELECT oid FROM pg_authid WHERE rolname = '" + role + "'")
        .getFirst();
  }

  private static List<String> traces(String oid) throws SQLException {
    List<String> traces = new ArrayList<>();
    for (String database : postgres.texts("postgres", "SELECT datname FROM pg_database")) {
      boolean closed = database.equals("template0") || database.equals("closed");
      if (closed) {
        postgres.run("postgres", List.of("ALTER DATABASE " + database + " ALLOW_CONNECTIONS true"));
      }
      for (String query : postgres.texts(database, SCAN)) {
        postgres.texts(database, query.replace(":oid", oid)).stream()
            .map(where -> database + ": " + where)
            .forEach(traces::add);
      }
      if (closed) {
        postgres.run(
            "postgres", List.of("ALTER DATABASE " + database + " ALLOW_CONNECTIONS false"));
      }
    }
    return traces;
  }

  @Test
  void a_role_loaded_with_every_leftover_in_eight_databases_leaves_no_trace() throws Exception {
    create("leaver");
    load();
    String oid = oid("leaver");
    try (Connection open = postgres.connect("leaver", "one")) {
      UserRemoval first = remove("leaver");

      assertThat(open.isValid(1)).isFalse();
      assertThat(first.state()).isEqualTo(State.CLEANING_UP);
      assertThat(first.blocker().orElseThrow()).contains("prepared transaction", "'hers in one'");
    }
    later(Duration.ofSeconds(61));
    AccessSweep sweep = sweep();

    assertThat(sweep.unfinished()).isEmpty();
    assertThat(sweep.finished()).extracting(SqlUser::name).containsExactly("leaver");
    assertThat(sweep.restarted()).isFalse();
    assertThat(traces(oid)).isEmpty();
    assertThat(postgres.texts("postgres", "SELECT gid FROM pg_prepared_xacts")).isEmpty();
    assertThat(
            postgres.texts(
                "postgres",
                "SELECT datallowconn::text || datconnlimit"
                    + " FROM pg_database WHERE datname = 'closed'"))
        .containsExactly("false7");
    assertReviewed(sweep.finished().getFirst().removal().orElseThrow());
    assertKept();
  }

  private void load() throws SQLException {
    for (String database : DATABASES) {
      String encoding =
          database.equals("ascii")
              ? " ENCODING 'SQL_ASCII' LOCALE 'C'" + " LOCALE_PROVIDER libc"
              : "";
      postgres.run(
          "postgres", List.of("CREATE DATABASE " + database + " TEMPLATE template0" + encoding));
    }
    postgres.run("postgres", OF_THE_CLUSTER);
    for (String database : DATABASES) {
      postgres.run(database, LEFTOVERS);
      postgres.run(
          database,
          List.of(
              "CREATE SUBSCRIPTION sub_"
                  + database
                  + " CONNECTION 'dbname=nowhere' PUBLICATION p"
                  + " WITH (connect = false, slot_name = 'far_"
                  + database
                  + "')",
              "ALTER ROLE leaver SUPERUSER",
              "ALTER SUBSCRIPTION sub_" + database + " OWNER TO leaver",
              "ALTER ROLE leaver NOSUPERUSER"));
    }
    for (String database : List.of("one", "ascii")) {
      postgres.runAs(
          "leaver",
          database,
          "BEGIN",
          "INSERT INTO hers VALUES (1)",
          "PREPARE TRANSACTION 'hers in " + database + "'");
    }
    postgres.run(
        "postgres", List.of("ALTER DATABASE closed ALLOW_CONNECTIONS false CONNECTION LIMIT 7"));
  }

  private static void assertReviewed(UserRemoval removal) {
    assertThat(removal.review())
        .filteredOn(item -> item.database().equals("one"))
        .extracting(ReviewItem::kind, ReviewItem::name)
        .extracting(item -> item.toList().get(0) + " " + item.toList().get(1))
        .containsExactlyInAnyOrder(
            "event trigger ddl",
            "function public.definer()",
            "index public.folding",
            "materialized view public.stored",
            "policy narrow on public.kept",
            "publication of_all",
            "publication of_schema",
            "rule also on public.hers",
            "statistics public.folds on public.kept",
            "subscription sub_one",
            "trigger fires on public.others",
            "user mapping friend on far",
            "view public.seen");
    assertThat(removal.review()).extracting(ReviewItem::database).contains("closed", "ascii");
  }

  /** What others had stays, what restricted goes on restricting, what ran has no rights. */
  private static void assertKept() throws SQLException {
    for (String database : List.of("one", "ascii", "six")) {
      assertThat(
              postgres.texts(
                  database,
                  """
                  SELECT concat_ws(' ',
                    has_table_privilege('friend', 'public.others', 'SELECT'),
                    has_column_privilege('friend', 'public.kept', 'note', 'UPDATE'),
                    has_function_privilege('friend', 'public.plain()', 'EXECUTE'),
                    pg_has_role('friend', 'grp', 'USAGE'),
                    (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'hers'),
                    (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'seen'),
                    (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE proname = 'definer'),
                    (SELECT polroles @> ARRAY['friend'::regrole::oid] FROM pg_policy
                      WHERE polname = 'narrow'),
                    has_table_privilege('gatehouse_quarantined_views', 'public.kept', 'SELECT'),
                    has_table_privilege('gatehouse_quarantine', 'public.kept', 'SELECT'),
                    (SELECT count(*) FROM public.seen))
                  """))
          .as(database)
          .containsExactly(
              "t t t t admin gatehouse_quarantined_views gatehouse_quarantine t t f 1");
    }
    assertThatThrownBy(() -> postgres.runAs("friend", "one", "SELECT definer()"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void a_user_with_forty_sessions_that_reconnect_is_gone_at_once() throws Exception {
    create("many");
    try (Reconnecting clients = new Reconnecting(40, () -> postgres.connect("many", "defaultdb"))) {
      clients.awaitConnected();

      assertGone("many");
    }
    assertThat(postgres.processes("many")).isEmpty();
  }

  @Test
  void twelve_thousand_tables_are_handed_over() throws Exception {
    create("rich");
    postgres.run(
        "defaultdb",
        List.of(
            """
            DO $$ BEGIN
              FOR i IN 1..12000 LOOP
                EXECUTE format('CREATE TABLE rich_%s (n int)', i);
                EXECUTE format('ALTER TABLE rich_%s OWNER TO rich', i);
                IF i % 100 = 0 THEN COMMIT; END IF;
              END LOOP;
            END $$
            """));
    String oid = oid("rich");

    assertGoneWithin(Duration.ofSeconds(60), "rich");

    assertThat(traces(oid)).isEmpty();
    assertThat(
            postgres.texts(
                "defaultdb",
                "SELECT count(*) FROM pg_class WHERE relname LIKE 'rich\\_%' AND relkind = 'r'"
                    + " AND relowner = 'admin'::regrole"))
        .containsExactly("12000");
  }

  @Test
  void ten_thousand_rights_that_a_user_passed_on_stay_with_who_has_them() throws Exception {
    create("passer");
    postgres.run(
        "defaultdb",
        List.of(
            "CREATE ROLE keeper",
            """
            DO $$ BEGIN
              FOR i IN 1..10000 LOOP
                EXECUTE format('CREATE TABLE passed_%s (n int)', i);
                EXECUTE format('GRANT SELECT ON passed_%s TO passer WITH GRANT OPTION', i);
                SET LOCAL ROLE passer;
                EXECUTE format('GRANT SELECT ON passed_%s TO keeper', i);
                RESET ROLE;
                IF i % 100 = 0 THEN COMMIT; END IF;
              END LOOP;
            END $$
            """));
    String oid = oid("passer");

    assertGoneWithin(Duration.ofSeconds(60), "passer");

    assertThat(traces(oid)).isEmpty();
    assertThat(
            postgres.texts(
                "defaultdb",
                "SELECT count(*) FROM pg_class WHERE relname LIKE 'passed\\_%'"
                    + " AND has_table_privilege('keeper', oid, 'SELECT')"))
        .containsExactly("10000");
  }

  @Test
  void a_removal_is_told_with_its_review_until_that_is_confirmed() throws Exception {
    create("$$odd :role :admin\" \u00e9$do$");
    create("watcher");
    postgres.run(
        "defaultdb",
        List.of(
            "CREATE VIEW looks AS SELECT 1 AS one",
            "ALTER VIEW looks OWNER TO \"$$odd :role :admin\"\" \u00e9$do$\""));

    UserRemoval done =
        access.remove(cluster, "$$odd :role :admin\" \u00e9$do$", WAIT).orElseThrow();

    assertThat(done.blocker()).isEmpty();
    assertThat(done.review()).extracting(ReviewItem::name).containsExactly("public.looks");
    SqlUser told = new SqlUser("$$odd :role :admin\" \u00e9$do$", Optional.of(done));
    assertThat(access.create(cluster, told.name(), FullPostgres.PASSWORD, WAIT)).isEmpty();
    for (int sweeps = 1; sweeps <= 2; sweeps++) {
      assertThat(access.sweep(cluster, postgres::restart).finished()).containsExactly(told);
    }
    access.confirmRemoval(cluster, told);
    access.confirmRemoval(cluster, told);
    assertThat(access.sweep(cluster, postgres::restart).finished()).isEmpty();
    assertGone("watcher");
    assertGone(told.name());
  }

  @Test
  void one_locked_table_among_many_keeps_only_itself() throws Exception {
    create("owner");
    List<String> tables = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      tables.add("CREATE TABLE owned_" + i + " (n int)");
      tables.add("ALTER TABLE owned_" + i + " OWNER TO owner");
    }
    postgres.run("defaultdb", tables);
    String owned =
        "SELECT relname FROM pg_class WHERE relname LIKE 'owned\\_%' AND relowner = 'owner'::regrole";
    postgres.run("defaultdb", List.of("GRANT SELECT ON owned_7 TO PUBLIC"));
    create("reader");
    try (Connection reading = postgres.connect("reader", "defaultdb");
        Statement statement = reading.createStatement()) {
      reading.setAutoCommit(false);
      statement.execute("SELECT * FROM owned_7");

      UserRemoval removal = remove("owner");

      assertThat(removal.state()).isEqualTo(State.CLEANING_UP);
      assertThat(removal.blocker().orElseThrow())
          .contains("public.owned_7", "of reader", "in the database \"defaultdb\"");
      assertThat(postgres.texts("defaultdb", owned)).containsExactly("owned_7");
      assertThat(access.users(cluster, new Page(null, false, 9)))
          .filteredOn(user -> user.removal().isPresent())
          .extracting(SqlUser::name)
          .containsExactly("owner");
      assertThat(access.create(cluster, "owner", FullPostgres.PASSWORD, Duration.ZERO))
          .hasValueSatisfying(user -> assertThat(user.removal()).isPresent());
    }
    assertThat(sweep().finished()).extracting(SqlUser::name).containsExactly("owner");
    create("owner");
    assertGone("owner");
    assertGone("reader");
  }

  @Test
  void a_creation_that_waits_for_a_removal_leaves_a_new_user_of_that_name_alone() throws Exception {
    create("again");
    postgres.run(
        "defaultdb", List.of("CREATE TABLE held (n int)", "ALTER TABLE held OWNER TO again"));
    FutureTask<Optional<SqlUser>> waiting =
        new FutureTask<>(() -> access.create(cluster, "again", FullPostgres.PASSWORD, WAIT));
    String newer;
    try (Session holding = postgres.session("defaultdb")) {
      newer =
          holding.together(
              open -> {
                open.execute("LOCK TABLE public.held");
                assertThat(remove("again").state()).isEqualTo(State.CLEANING_UP);
                Thread.ofVirtual().start(waiting);
                awaitLockOn("held");
                postgres.run("postgres", List.of("ALTER ROLE again RENAME TO \"once again\""));
                create("again");
                return oid("again");
              });
    }

    assertThat(waiting.get()).hasValue(new SqlUser("again", Optional.empty()));
    assertThat(oid("again")).isEqualTo(newer);
    postgres.connect("again", "defaultdb").close();
    assertThat(postgres.texts("postgres", "SELECT 1 FROM pg_authid WHERE rolname = 'once again'"))
        .isEmpty();
    assertThat(sweep().unfinished()).isEmpty();
    assertGone("again");
  }

  private static void awaitLockOn(String table) {
    assertThat(Await.until(Duration.ofSeconds(10), () -> isWaitedFor(table))).isTrue();
  }

  private static boolean isWaitedFor(String table) {
    try {
      return !postgres
          .texts(
              "defaultdb",
              "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'public.%s'::regclass"
                  .formatted(table))
          .isEmpty();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_session_that_survives_being_ended_ends_with_the_cluster() throws Exception {
    create("undead");
    try (Connection open = postgres.connect("undead", "defaultdb")) {
      String process = postgres.processes("undead").getFirst();
      signal("STOP", process);

      assertThat(remove("undead").state()).isEqualTo(State.ENDING_SESSIONS);
      assertThat(sweep().restarted()).isFalse();
      later(Duration.ofSeconds(61));
      AccessSweep sweep = sweep();

      assertThat(sweep.restarted()).isTrue();
      assertThat(sweep.finished().getFirst().removal().orElseThrow().restartedAt()).isPresent();
      assertThat(open.isValid(1)).isFalse();
    }
  }

  @Test
  void a_session_that_may_act_as_the_user_ends_before_anything_else() throws Exception {
    create("acted");
    postgres.run(
        "postgres",
        List.of("CREATE ROLE actor LOGIN PASSWORD 'correct horse'", "GRANT acted TO actor"));
    String process;
    try (Connection acting = postgres.connect("actor", "defaultdb")) {
      acting.createStatement().execute("SET ROLE acted");
      process = postgres.processes("actor").getFirst();
      signal("STOP", process);

      assertThat(remove("acted").state()).isEqualTo(State.ENDING_SESSIONS);
      try (ClusterAccess afterwards = new ClusterAccess(now::get);
          Connection later = postgres.connect("actor", "defaultdb")) {
        assertThat(afterwards.users(cluster, new Page(null, false, 99)))
            .filteredOn(user -> user.name().equals("acted"))
            .extracting(user -> user.removal().orElseThrow().state())
            .containsExactly(State.ENDING_SESSIONS);
        signal("CONT", process);
        assertGone("acted");
        assertThat(later.isValid(1)).as("it could not act as the user any more").isTrue();
      }
      assertThat(acting.isValid(1)).isFalse();
    }
    assertGone("actor");
  }

  @Test
  void a_caller_does_not_wait_for_what_takes_longer() throws Exception {
    create("slow");
    try (Session blocking = postgres.session("postgres")) {
      blocking.together(
          open -> {
            open.execute("LOCK TABLE pg_subscription IN ACCESS EXCLUSIVE MODE");
            UserRemoval removal =
                access.remove(cluster, "slow", Duration.ofSeconds(1)).orElseThrow();

            assertThat(removal.state()).isEqualTo(State.CLEANING_UP);
            assertThat(open.holds("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"))
                .as("the attempt goes on")
                .isTrue();
            return true;
          });
    }
    assertGone("slow");
  }

  private static void signal(String name, String process) throws Exception {
    new ProcessBuilder("kill", "-" + name, process).start().waitFor();
  }

  @Test
  void a_session_without_a_listed_user_is_ended_by_the_sweep() throws Exception {
    create("boss");
    postgres.runAs("boss", "defaultdb", "ALTER ROLE admin LOGIN PASSWORD 'correct horse'");
    try (Connection open = postgres.connect("admin", "defaultdb")) {
      assertThat(access.repair(cluster)).isEqualTo(1);
      assertThat(open.isValid(1)).isFalse();
    }
    assertGone("boss");
  }

  @Test
  void a_name_that_is_not_utf_8_is_listed_and_removed() throws Exception {
    create("maker");
    postgres.run(
        "postgres",
        List.of(
            "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc"));
    postgres.runAs(
        "maker", "latin", "CREATE ROLE \"caf\u00e9\" LOGIN", "CREATE ROLE \"Root\" LOGIN");
    List<String> listed =
        access.users(cluster, new Page(null, false, 99)).stream()
            .map(SqlUser::name)
            .filter(name -> name.startsWith("caf") || name.equals("Root"))
            .toList();
    assertThat(listed).hasSize(2);
    assertThat(listed.get(1)).matches("caf\\\\xE9 \\(oid \\d+\\)");

    listed.forEach(this::assertGone);
    assertGone("maker");
  }

  @Test
  void a_half_dropped_database_does_not_keep_its_owner() throws Exception {
    create("dropper");
    postgres.run("postgres", List.of("CREATE DATABASE half OWNER dropper"));
    postgres.run("half", List.of("CREATE TABLE t (n int)", "ALTER TABLE t OWNER TO dropper"));
    postgres.run(
        "postgres", List.of("UPDATE pg_database SET datconnlimit = -2 WHERE datname = 'half'"));

    assertGone("dropper");
  }
}
