package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.SqlState;
import java.sql.SQLException;
import java.util.Optional;

/** Drops the role once nothing is left of it, and looks again afterwards. */
final class DropRole implements RemovalStep {
  private static final String EXISTS = "SELECT EXISTS (SELECT FROM pg_authid WHERE oid = :role)";

  /** Whoever gives something to a role holds a lock on it until the transaction ends. */
  private static final String HOLDER =
      """
      SELECT coalesce(
        format('process %s of %s in the database %I', pg_locks.pid, quote_ident(usename), datname),
        (SELECT format('the prepared transaction %L in the database %I', gid, database)
          FROM pg_prepared_xacts WHERE '-1/' || transaction = virtualtransaction),
        'another session')
      FROM pg_locks LEFT JOIN pg_stat_activity ON pg_stat_activity.pid = pg_locks.pid
      WHERE classid = 'pg_authid'::regclass AND objid = :role AND granted
        AND pg_locks.pid IS DISTINCT FROM pg_backend_pid()
      LIMIT 1
      """;

  @Override
  public Optional<String> run(Session session, Removal removal) throws SQLException {
    Optional<String> left = Proof.left(session, removal);
    if (left.isEmpty() && session.holds(removal.sql(EXISTS))) {
      try {
        FinishedRemovals.drop(session, removal);
      } catch (SQLException e) {
        return Optional.of("The role cannot be dropped: " + reason(session, removal, e));
      }
      left = Proof.left(session, removal);
    }
    return left.map(what -> "What is left of the user: " + what);
  }

  private static String reason(Session session, Removal removal, SQLException failure)
      throws SQLException {
    String message = String.valueOf(failure.getMessage());
    return SqlState.LOCK_TIMEOUT.isOf(failure)
        ? session
            .first(removal.sql(HOLDER), row -> row.getString(1))
            .map(holder -> holder + " has not finished giving something to it")
            .orElse(message)
        : message;
  }
}
