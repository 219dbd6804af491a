package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.SqlAdmin.Page;
import io.gatehouse.engines.SqlAdmin.Renamed;
import io.gatehouse.engines.SqlDatabase;
import io.gatehouse.engines.postgres.access.Administrators;
import io.gatehouse.engines.postgres.access.ClusterAccess;
import io.gatehouse.engines.postgres.sql.CatalogName;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.Sessions;
import io.gatehouse.engines.postgres.sql.SqlState;
import io.gatehouse.engines.postgres.sql.SqlText;
import io.gatehouse.engines.postgres.sql.Timeouts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Gatherers;

/**
 * The databases of one cluster, other than those of the superuser, which the usual templates are.
 */
record SqlDatabases(Sessions cluster) {
  private static final int OPENED_AT_ONCE = 4;
  private static final int MAX_RENAME_ATTEMPTS = 3;
  private static final int MAX_DROP_ATTEMPTS = 3;
  private static final int MAX_CREATE_ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static final String NAMES =
      "SELECT oid::bigint, namesend(datname) FROM pg_database WHERE datdba <> 10";

  /**
   * PostgreSQL drops none that its owner made a template, and changes none that is half-dropped.
   */
  private static final String IS_TEMPLATE =
      """
      SELECT EXISTS (
        SELECT FROM pg_database WHERE oid = ? AND datistemplate AND datconnlimit <> -2)
      """;

  private static final String TABLES =
      """
      SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
      WHERE relkind IN ('r', 'p') AND NOT relispartition
        AND nspname <> 'information_schema' AND NOT starts_with(nspname, 'pg_')
      """;
  private static final String END_SESSIONS =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datid = ?";

  private static final String RENAME_AT_ONCE =
      "UPDATE pg_database SET datname = ? WHERE oid = ? RETURNING oid";

  private static final String REFUSES =
      """
      SELECT EXISTS (
        SELECT FROM pg_database WHERE oid = ? AND NOT datallowconn AND datconnlimit <> -2)
      """;

  private static final String PREPARED =
      "SELECT quote_literal(gid) FROM pg_prepared_xact() AS prepared WHERE dbid = ?";

  List<SqlDatabase> list(Page page) {
    List<CatalogName> names = CatalogName.page(names(), CatalogName::shown, page);
    return names.stream().gather(Gatherers.mapConcurrent(OPENED_AT_ONCE, this::look)).toList();
  }

  Optional<SqlDatabase> find(String name) {
    return CatalogName.find(names(), name).map(this::look);
  }

  boolean create(String name) {
    String quoted = SqlText.name(name);
    if (!cluster.maintain(session -> created(session, quoted))) {
      return false;
    }
    cluster.maintain(
        session -> {
          Administrators.own(session, name);
          return true;
        });
    return true;
  }

  Renamed rename(String name, String newName) {
    SqlText.name(newName);
    return CatalogName.find(names(), name)
        .map(database -> rename(database, newName))
        .orElse(Renamed.NO_SUCH_DATABASE);
  }

  Optional<SqlDatabase> drop(String name) {
    Optional<CatalogName> found = CatalogName.find(names(), name);
    Optional<SqlDatabase> dropped = found.map(this::look);
    found.ifPresent(database -> cluster.maintain(session -> drop(session, database)));
    return dropped;
  }

  /** Removing many files may take a while, as copying the template does. */
  private boolean drop(Session session, CatalogName found) throws SQLException {
    Timeouts.BACKGROUND.set(session);
    CatalogName database = found.isText() ? found : renameAtOnce(session, found);
    String name = SqlText.name(database.shown());
    if (session.holds(IS_TEMPLATE, database.oid())) {
      session.execute("ALTER DATABASE %s IS_TEMPLATE false".formatted(name));
    }
    for (int attempt = 1; ; attempt++) {
      rollBackPrepared(session, database);
      try {
        session.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
        return true;
      } catch (SQLException e) {
        if (attempt == MAX_DROP_ATTEMPTS || !isPreparedAgain(e)) {
          throw e;
        }
      }
    }
  }

  /**
   * Gives a database that is about to go a name that a statement can have and nobody guesses. ALTER
   * DATABASE would wait for everyone who is in it, prepared transactions included, and those can be
   * rolled back only by who gets in by its name.
   */
  private static CatalogName renameAtOnce(Session session, CatalogName database)
      throws SQLException {
    String name = "gatehouse_" + UUID.randomUUID();
    session.query(RENAME_AT_ONCE, row -> "", name, database.oid());
    return new CatalogName(database.oid(), name);
  }

  private static boolean isPreparedAgain(SQLException failure) {
    return SqlState.DATABASE_IN_USE.isOf(failure);
  }

  /** What is prepared in a database would keep it. */
  private void rollBackPrepared(Session session, CatalogName database) throws SQLException {
    List<String> prepared = session.query(PREPARED, row -> row.getString(1), database.oid());
    if (prepared.isEmpty()) {
      return;
    }
    if (session.holds(REFUSES, database.oid())) { // lets the superuser in, and nobody else
      session.execute(
          "ALTER DATABASE %s ALLOW_CONNECTIONS true CONNECTION LIMIT 0"
              .formatted(SqlText.name(database.shown())));
    }
    cluster.inDatabase(database, inside -> rollBack(inside, prepared));
  }

  private static boolean rollBack(Session session, List<String> prepared) throws SQLException {
    for (String gid : prepared) {
      try {
        session.execute("ROLLBACK PREPARED " + gid);
      } catch (SQLException e) {
        if (!SqlState.NO_SUCH_PREPARED_TRANSACTION.isOf(e)) { // whoever prepared it has finished it
          throw e;
        }
      }
    }
    return true;
  }

  private List<CatalogName> names() {
    return cluster.maintain(
        session -> session.query(NAMES, row -> CatalogName.of(row.getLong(1), row.getBytes(2))));
  }

  private SqlDatabase look(CatalogName database) {
    long tables =
        cluster
            .look(database, session -> session.first(TABLES, row -> row.getLong(1)))
            .flatMap(count -> count)
            .orElse(0L);
    return new SqlDatabase(database.shown(), tables);
  }

  /** False if the name is taken. */
  private static boolean created(Session session, String quoted) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        ClusterAccess.ensureRoles(session);
        return createdFor(session, quoted, Administrators.name(session));
      } catch (SQLException e) {
        if (attempt == MAX_CREATE_ATTEMPTS || !Administrators.wereChanged(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean createdFor(Session session, String quoted, String owner)
      throws SQLException {
    Timeouts.BACKGROUND.set(session);
    try {
      session.execute("CREATE DATABASE %s OWNER %s TEMPLATE template0".formatted(quoted, owner));
      return true;
    } catch (SQLException e) {
      if (isTaken(e)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * PostgreSQL locks a database while it renames it, so that nobody new gets in, and waits for
   * those who are in it; they are told to go meanwhile. Nothing has to be put back afterwards.
   */
  private Renamed rename(CatalogName database, String newName) {
    AtomicBoolean renaming = new AtomicBoolean(true);
    CompletableFuture<?> ending =
        CompletableFuture.runAsync(
            () -> endSessions(database, renaming), task -> Thread.ofVirtual().start(task));
    try {
      return cluster.maintain(session -> rename(session, database, newName));
    } finally {
      renaming.set(false); // an interrupt would close the session that is in use there
      ending.exceptionally(_ -> null).join();
    }
  }

  private void endSessions(CatalogName database, AtomicBoolean renaming) {
    while (renaming.get()) {
      try {
        cluster.endSessions(
            session -> session.query(END_SESSIONS, row -> row.getBoolean(1), database.oid()));
      } catch (EngineException e) {
        return; // the renaming says what is wrong
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static Renamed rename(Session session, CatalogName database, String newName)
      throws SQLException {
    Timeouts.BACKGROUND.set(session);
    String rename =
        SqlText.block(
            """
            BEGIN
              EXECUTE format('ALTER DATABASE %%I RENAME TO %%I',
                (SELECT datname FROM pg_database WHERE oid = %d), %s);
            END
            """
                .formatted(database.oid(), SqlText.literal(newName)));
    for (int attempt = 1; ; attempt++) {
      try {
        session.execute(rename);
        return Renamed.DONE;
      } catch (SQLException e) {
        if (isTaken(e)) {
          return Renamed.NAME_TAKEN;
        }
        if (SqlState.NO_SUCH_DATABASE.isOf(e) || SqlState.NULL_NOT_ALLOWED.isOf(e)) {
          return Renamed.NO_SUCH_DATABASE;
        }
        if (attempt == MAX_RENAME_ATTEMPTS || !SqlState.DATABASE_IN_USE.isOf(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean isTaken(SQLException failure) {
    return SqlState.DUPLICATE_DATABASE.isOf(failure) || SqlState.UNIQUE_VIOLATION.isOf(failure);
  }
}
