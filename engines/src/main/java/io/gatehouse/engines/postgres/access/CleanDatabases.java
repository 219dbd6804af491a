package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.postgres.sql.CatalogName;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.SqlState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Gatherers;

/**
 * Hands over what the role has in the databases of the cluster, a few databases at a time, and in
 * none that has nothing of it.
 */
final class CleanDatabases implements RemovalStep {
  private static final int DATABASES_AT_ONCE = 4;

  /** Databases and their rights belong to the cluster as a whole. */
  private static final String HAS_SHARED =
      """
      SELECT EXISTS (SELECT FROM pg_shdepend
        WHERE refclassid = 'pg_authid'::regclass AND refobjid = :role AND dbid = 0
          AND classid IN ('pg_database'::regclass, 'pg_tablespace'::regclass,
            'pg_parameter_acl'::regclass))
      """;

  private static final String LEFT =
      """
      SELECT format('%s %s', CASE deptype WHEN 'o' THEN 'an owned row of' ELSE 'a right in' END,
        classid::regclass)
      FROM pg_shdepend
      WHERE refclassid = 'pg_authid'::regclass AND refobjid = :role
        AND (dbid = :database OR dbid = 0 AND classid = 'pg_subscription'::regclass)
      LIMIT 1
      """;

  private static final String DATABASES =
      """
      SELECT pg_database.oid::bigint, namesend(datname), datallowconn, datconnlimit = -2
      FROM pg_database
      WHERE pg_database.oid IN (
        SELECT dbid FROM pg_shdepend
        WHERE refclassid = 'pg_authid'::regclass AND refobjid = :role
        UNION SELECT subdbid FROM pg_subscription WHERE subowner = :role)
      ORDER BY pg_database.oid
      """;

  private static final String DROP =
      "SELECT format('DROP DATABASE %I', datname) FROM pg_database WHERE oid = ?";

  private record Database(CatalogName name, boolean open, boolean halfDropped) {}

  private final boolean last;

  /** Notes of several databases go into one comment. */
  private final ReentrantLock notes = new ReentrantLock();

  private CleanDatabases(boolean last) {
    this.last = last;
  }

  /** Some rights go only when the role is in no group any more, and so may be left. */
  static CleanDatabases whileInGroups() {
    return new CleanDatabases(false);
  }

  /** Nothing may be left. */
  static CleanDatabases toTheEnd() {
    return new CleanDatabases(true);
  }

  @Override
  public Optional<String> run(Session session, Removal removal) throws SQLException {
    Optional<String> shared = cleanShared(session, removal);
    if (shared.isPresent()) {
      return shared;
    }
    List<Database> databases = databases(session, removal);
    List<String> blockers = new ArrayList<>();
    databases.stream()
        .filter(database -> database.open() && !database.halfDropped())
        .gather(
            Gatherers.mapConcurrent(
                DATABASES_AT_ONCE, database -> cleanOpen(removal, database.name())))
        .forEach(blocker -> blocker.ifPresent(blockers::add));
    for (Database database : databases) {
      if (database.halfDropped()) {
        finishDrop(session, database.name()).ifPresent(blockers::add);
      } else if (!database.open()) {
        cleanClosed(session, removal, database.name()).ifPresent(blockers::add);
      }
    }
    Optional<String> blocker = blockers.stream().findFirst();
    return last ? blocker.or(() -> left(session, removal)) : blocker;
  }

  private Optional<String> cleanShared(Session session, Removal removal) throws SQLException {
    return session.holds(removal.sql(HAS_SHARED)) ? clean(session, removal) : Optional.empty();
  }

  private Optional<String> cleanOpen(Removal removal, CatalogName database) {
    try {
      return removal
          .cluster()
          .inDatabase(database, inside -> clean(inside, removal))
          .orElse(Optional.empty()) // dropped, renamed or closed at this moment: looked for again
          .map(blocker -> blocker + in(database));
    } catch (EngineException e) {
      return Optional.of(e.getMessage() + in(database));
    }
  }

  private Optional<String> cleanClosed(Session session, Removal removal, CatalogName database)
      throws SQLException {
    try {
      return OpenDatabase.in(
              session, removal.cluster(), database.oid(), inside -> clean(inside, removal))
          .orElse(Optional.empty())
          .map(blocker -> blocker + in(database));
    } catch (EngineException e) {
      return Optional.of(e.getMessage() + in(database));
    }
  }

  private Optional<String> clean(Session session, Removal removal) throws SQLException {
    DatabaseCleanup cleanup = new DatabaseCleanup(session, removal);
    Optional<String> blocker;
    notes.lock();
    try {
      blocker = cleanup.quarantine();
    } finally {
      notes.unlock();
    }
    return blocker.isPresent() ? blocker : cleanup.handOver();
  }

  /** Whoever dropped it was interrupted, and nothing but DROP DATABASE works on it any more. */
  private static Optional<String> finishDrop(Session session, CatalogName database)
      throws SQLException {
    Optional<String> drop = session.first(DROP, row -> row.getString(1), database.oid());
    try {
      if (drop.isPresent()) {
        session.execute(drop.get());
      }
      return Optional.empty();
    } catch (SQLException e) {
      if (SqlState.isConnectionFailure(e)) {
        throw e;
      }
      return Optional.of("A database whose DROP was interrupted stays: " + e.getMessage());
    }
  }

  private Optional<String> left(Session session, Removal removal) {
    try {
      Optional<Database> left = databases(session, removal).stream().findFirst();
      return left.isPresent()
          ? Optional.of(leftIn(session, removal, left.get().name()))
          : Optional.empty();
    } catch (SQLException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static String leftIn(Session session, Removal removal, CatalogName database)
      throws SQLException {
    String sql = removal.sql(LEFT).replace(":database", Long.toString(database.oid()));
    String what = session.first(sql, row -> row.getString(1)).orElse("something");
    return "The user still has " + what + in(database);
  }

  private static String in(CatalogName database) {
    return " in the database \"" + database.shown() + '"';
  }

  private static List<Database> databases(Session session, Removal removal) throws SQLException {
    return session.query(
        removal.sql(DATABASES),
        row ->
            new Database(
                CatalogName.of(row.getLong(1), row.getBytes(2)),
                row.getBoolean(3),
                row.getBoolean(4)));
  }
}
