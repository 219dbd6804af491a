package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.SqlState;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Shuts the role out: it cannot log in any more, by any method, and has lost what only it could do.
 * Nobody but the superuser can change it now, or act as it: its members keep no more than what they
 * inherit. From here on the role is marked as removed, by its membership in {@code
 * gatehouse_removed}, which no user can take away.
 *
 * <p>Sessions of members are noted, for they may act as the role already: {@link EndSessions} ends
 * them. Those of administrators, who are members of every role made in SQL, go on: they could do as
 * much before and after.
 */
final class CloseDoor implements RemovalStep {
  private static final int MAX_ATTEMPTS = 10;

  private static final String IS_CLOSED =
      """
      SELECT EXISTS (
        SELECT FROM pg_authid
        WHERE oid = :role AND NOT rolcanlogin AND NOT rolcreaterole AND NOT rolcreatedb
          AND NOT rolsuper AND rolpassword IS NULL AND isfinite(rolvaliduntil)
          AND coalesce(isfinite((:notes->>'closed')::timestamptz), true)
          AND EXISTS (SELECT FROM pg_auth_members WHERE member = :role
            AND roleid = 'gatehouse_removed'::regrole)
          AND NOT EXISTS (SELECT FROM pg_auth_members WHERE roleid = :role
            AND (admin_option OR set_option)))
      """;

  private static final String CLOSE =
      """
      DO $$
      DECLARE
        item record;
        known CONSTANT jsonb := :notes;
      BEGIN
        SET LOCAL lock_timeout = '200ms';
        EXECUTE format('COMMENT ON ROLE %s IS %L', :role::oid::regrole,
          known || jsonb_build_object('closed', 'infinity', 'acting',
            coalesce(known->'acting', '[]') || (
              SELECT coalesce(jsonb_agg(acting), '[]') FROM (:acting) AS roles (acting))));
        EXECUTE format('ALTER ROLE %s NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION'
          ' NOBYPASSRLS CONNECTION LIMIT 0 PASSWORD NULL VALID UNTIL %L',
          :role::oid::regrole, ':since');
        EXECUTE format('GRANT gatehouse_removed TO %s WITH ADMIN FALSE, INHERIT FALSE, SET FALSE',
          :role::oid::regrole);
        FOR item IN
          SELECT member::regrole AS name, bool_or(inherit_option) AS inherits
          FROM pg_auth_members WHERE roleid = :role GROUP BY member
        LOOP
          EXECUTE format('GRANT %s TO %s WITH INHERIT %s, SET FALSE',
            :role::oid::regrole, item.name, item.inherits::text);
        END LOOP;
        FOR item IN
          SELECT member::regrole AS name, grantor::regrole AS giver,
            CASE WHEN grantor = 10 THEN 'ADMIN OPTION FOR' END AS part
          FROM pg_auth_members WHERE roleid = :role AND (admin_option OR grantor <> 10)
        LOOP
          EXECUTE format('REVOKE %s %s FROM %s GRANTED BY %s CASCADE',
            item.part, :role::oid::regrole, item.name, item.giver);
        END LOOP;
      END $$
      """;

  /**
   * From now on nobody new can act as the role. If a crash loses this, it has ended the sessions.
   */
  private static final String NOTE_CLOSED =
      """
      DO $$ BEGIN
        SET LOCAL synchronous_commit = off;
        EXECUTE format('COMMENT ON ROLE %s IS %L', :role::oid::regrole,
          :notes || jsonb_build_object('closed', clock_timestamp()));
      END $$
      """;

  /**
   * Whoever may act as the role, directly or as another one that may, except administrators. Who is
   * an administrator only as the role is none of them.
   */
  private static final String ACTING =
      """
      WITH RECURSIVE acting (oid) AS (
        SELECT member FROM pg_auth_members WHERE roleid = :role AND set_option
        UNION
        SELECT member FROM pg_auth_members JOIN acting ON roleid = acting.oid WHERE set_option),
      administrators (oid) AS (
        SELECT member FROM pg_auth_members WHERE roleid = :admin AND member <> :role
        UNION
        SELECT member FROM pg_auth_members JOIN administrators ON roleid = administrators.oid
        WHERE member <> :role)
      SELECT oid::bigint FROM acting
      WHERE oid >= 16384 AND oid NOT IN (SELECT oid FROM administrators)
      """;

  /**
   * Users who are in the middle of changing a role, and so may keep this one from being changed;
   * the role itself can be among them.
   */
  private static final String END_CHANGES_OF_ROLES =
      """
      SELECT pg_terminate_backend(pid) FROM pg_locks
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
      SELECT format('the prepared transaction %L in the database %I', gid, pg_prepared_xacts.database)
      FROM pg_locks JOIN pg_prepared_xacts ON '-1/' || transaction = virtualtransaction
      WHERE relation IN ('pg_authid'::regclass, 'pg_auth_members'::regclass)
        AND mode = 'RowExclusiveLock' AND granted AND pid IS NULL
      """;

  @Override
  public Optional<String> run(Session session, Removal removal) throws SQLException {
    if (isClosed(session, removal)) {
      return Optional.empty();
    }
    String close = sql(removal, CLOSE).replace(":since", removal.since().toString());
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      if (isDone(session, close)) {
        session.execute(sql(removal, NOTE_CLOSED));
        return Optional.empty();
      }
      session.query(removal.sql(END_OWN), row -> row.getBoolean(1));
      session.query(END_CHANGES_OF_ROLES, row -> row.getBoolean(1));
    }
    String holder =
        session.first(PREPARED, row -> row.getString(1)).orElse("a session that changes roles");
    return Optional.of("The role cannot be changed: " + holder + " holds a lock on it");
  }

  /** Whether the role is shut out. */
  static boolean isClosed(Session session, Removal removal) throws SQLException {
    return session.holds(sql(removal, IS_CLOSED));
  }

  private static String sql(Removal removal, String text) {
    return removal.sql(text.replace(":acting", ACTING).replace(":notes", RemovalNotes.NOTES));
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
