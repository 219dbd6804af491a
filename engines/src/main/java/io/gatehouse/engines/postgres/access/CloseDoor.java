package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.SqlState;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Shuts the role out: it cannot log in any more, by any method, and has lost what only it could do.
 * From here on the role is marked as removed, by its membership in {@code gatehouse_removed}, which
 * no user can take away.
 */
final class CloseDoor implements RemovalStep {
  private static final int MAX_ATTEMPTS = 10;

  private static final String IS_CLOSED =
      """
      SELECT EXISTS (
        SELECT FROM pg_authid
        WHERE oid = :role AND NOT rolcanlogin AND NOT rolcreaterole AND NOT rolcreatedb
          AND NOT rolsuper AND rolpassword IS NULL AND EXISTS (
            SELECT FROM pg_auth_members WHERE member = :role
              AND roleid = 'gatehouse_removed'::regrole))
      """;

  private static final String CLOSE =
      """
      DO $$
      BEGIN
        SET LOCAL lock_timeout = '200ms';
        EXECUTE format('ALTER ROLE %s NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION'
          ' NOBYPASSRLS CONNECTION LIMIT 0 PASSWORD NULL VALID UNTIL %L',
          :role::oid::regrole, ':since');
        EXECUTE format('GRANT gatehouse_removed TO %s WITH ADMIN FALSE, INHERIT FALSE, SET FALSE',
          :role::oid::regrole);
      END $$
      """;

  /**
   * Users who are in the middle of changing a role, and so may keep this one from being changed;
   * the role itself can be among them.
   */
  private static final String END_CHANGES_OF_ROLES =
      """
      SELECT pg_terminate_backend(pid, 500) FROM pg_locks
      WHERE relation IN ('pg_authid'::regclass, 'pg_auth_members'::regclass)
        AND mode = 'RowExclusiveLock' AND granted
        AND pid IN (SELECT pid FROM pg_stat_activity WHERE usesysid <> 10)
      """;

  private static final String END_OWN =
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE usesysid = :role AND pid <> pg_backend_pid()
      """;

  private static final String PREPARED =
      """
      SELECT format('the prepared transaction %L in the database %I', gid, database)
      FROM pg_locks JOIN pg_prepared_xacts ON '-1/' || transaction = virtualtransaction
      WHERE relation IN ('pg_authid'::regclass, 'pg_auth_members'::regclass)
        AND mode = 'RowExclusiveLock' AND granted AND pid IS NULL
      """;

  @Override
  public Optional<String> run(Session session, Removal removal) throws SQLException {
    if (session.holds(removal.sql(IS_CLOSED))) {
      return Optional.empty();
    }
    String close = removal.sql(CLOSE).replace(":since", removal.since().toString());
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      if (isDone(session, close)) {
        return Optional.empty();
      }
      session.query(removal.sql(END_OWN), row -> row.getBoolean(1));
      session.query(END_CHANGES_OF_ROLES, row -> row.getBoolean(1));
    }
    String holder =
        session.first(PREPARED, row -> row.getString(1)).orElse("a session that changes roles");
    return Optional.of("The role cannot be changed: " + holder + " holds a lock on it");
  }

  private static boolean isDone(Session session, String close) throws SQLException {
    try {
      session.execute(close);
      return true;
    } catch (SQLException e) {
      if (SqlState.LOCK_TIMEOUT.isOf(e)
          || SqlState.DEADLOCK.isOf(e)
          || SqlState.INTERNAL_ERROR.isOf(e)) {
        return false;
      }
      throw e;
    }
  }
}
