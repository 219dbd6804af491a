package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.postgres.sql.CatalogName;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.Session.Work;
import io.gatehouse.engines.postgres.sql.Sessions;
import io.gatehouse.engines.postgres.sql.SqlState;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works in a database that may refuse connections. Such a database is opened for superusers only,
 * and goes back to how it was: what that was stands in a setting of the database, written in the
 * same transaction, so that a crash in between can be made good.
 */
final class OpenDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(OpenDatabase.class);

  private static final String REFUSES =
      "SELECT EXISTS (SELECT FROM pg_database WHERE oid = ? AND NOT datallowconn)";

  private static final String OPEN =
      """
      DO $$
      DECLARE
        it record;
      BEGIN
        SELECT datname, datconnlimit INTO it FROM pg_database
        WHERE oid = :database AND NOT datallowconn AND datconnlimit <> -2;
        IF FOUND THEN
          EXECUTE format('ALTER DATABASE %I SET gatehouse.closed = %L',
            it.datname, it.datconnlimit);
          EXECUTE format('ALTER DATABASE %I ALLOW_CONNECTIONS true CONNECTION LIMIT 0',
            it.datname);
        END IF;
      END $$
      """;

  private static final String CLOSE =
      """
      DO $$
      DECLARE
        it record;
      BEGIN
        SELECT datname, split_part(setting, '=', 2)::int AS was INTO it
        FROM pg_database
          JOIN pg_db_role_setting ON setdatabase = pg_database.oid AND setrole = 0
          CROSS JOIN LATERAL unnest(setconfig) AS setting
        WHERE pg_database.oid = :database AND setting ~ '^gatehouse\\.closed=-?[0-9]{1,6}$';
        IF FOUND THEN
          EXECUTE format('ALTER DATABASE %I ALLOW_CONNECTIONS false CONNECTION LIMIT %s',
            it.datname, greatest(it.was, -1));
          EXECUTE format('ALTER DATABASE %I RESET gatehouse.closed', it.datname);
        END IF;
      END $$
      """;

  private static final String LEFT_OPEN =
      """
      SELECT setdatabase::bigint FROM pg_db_role_setting
      WHERE setrole = 0 AND EXISTS (
        SELECT FROM unnest(setconfig) AS setting WHERE setting LIKE 'gatehouse.closed=%')
      """;

  private OpenDatabase() {}

  /**
   * Does something in a database.
   *
   * @param session in the maintenance database
   * @return empty if there is no such database, or it cannot be opened
   * @throws EngineException if the work, or opening the database, fails
   */
  static <T> Optional<T> in(Session session, Sessions cluster, long oid, Work<T> work)
      throws SQLException {
    Optional<CatalogName> database = find(session, oid);
    if (database.isEmpty()) {
      return Optional.empty();
    }
    if (!session.holds(REFUSES, oid)) {
      return cluster.inDatabase(database.get(), work);
    }
    alter(session, OPEN, oid);
    try {
      return cluster.inDatabase(database.get(), work);
    } finally {
      alter(session, CLOSE, oid);
    }
  }

  /** Closes what a crash left open. Only while nobody works in one. */
  static void closeLeftOpen(Session session) throws SQLException {
    List<Long> open = session.query(LEFT_OPEN, row -> row.getLong(1));
    for (long oid : open) {
      try {
        alter(session, CLOSE, oid);
      } catch (EngineException e) {
        LOG.warn("a database is not closed again yet: {}", e.getMessage());
      }
    }
  }

  private static void alter(Session session, String sql, long database) {
    try {
      session.execute(sql.replace(":database", Long.toString(database)));
    } catch (SQLException e) {
      throw SqlState.failure(e);
    }
  }

  /** The database as it is called now. */
  static Optional<CatalogName> find(Session session, long oid) throws SQLException {
    return session.first(
        "SELECT namesend(datname) FROM pg_database WHERE oid = ?",
        row -> CatalogName.of(oid, row.getBytes(1)),
        oid);
  }
}
