package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.postgres.Sessions.Patience;
import java.sql.SQLException;
import java.util.List;

/**
 * Removes a user step by step, access first. A user that was shut out already, by a removal that
 * broke off, is no longer listed but is found here again by how it was shut out.
 */
record UserRemoval(Sessions cluster, String name) {
  private static final int MOST_TRIED = 8;

  /**
   * Removals take turns: PostgreSQL does not like two that change one role at a time. Nobody else
   * can take this lock, since nobody else gets into the database that it is of.
   */
  private static final String TAKE_TURN = "SELECT pg_advisory_lock(1)";

  private static final String FIND =
      """
      SELECT oid FROM pg_roles
      WHERE rolname = ? AND NOT rolsuper AND rolname <> 'admin' AND NOT starts_with(rolname, 'pg_')
        AND (rolcanlogin OR rolconnlimit = 0 AND rolvaliduntil = '-infinity')
      """;
  private static final String SHUT_OUT = " NOLOGIN CONNECTION LIMIT 0 VALID UNTIL '-infinity'";
  private static final String END_SESSIONS =
      "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE usesysid = ?";

  /**
   * Of whoever is in the middle of changing a role, and so may keep this one from being changed.
   */
  private static final String END_CHANGES_OF_ROLES =
      """
      SELECT pg_terminate_backend(pid, 2000) FROM pg_locks
      WHERE relation = 'pg_authid'::regclass AND mode = 'RowExclusiveLock'
        AND pid <> pg_backend_pid()
      """;

  private static final String HAS_SESSIONS =
      "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE usesysid = ?)";

  /** Whom the user had let into roles; they are to stay when their grantor goes. */
  private static final String ADMITTED =
      """
      SELECT format('GRANT %I TO %I WITH ADMIN %s, INHERIT %s, SET %s',
          role.rolname, member.rolname,
          admin_option::text, inherit_option::text, set_option::text)
      FROM pg_auth_members
        JOIN pg_roles role ON role.oid = roleid
        JOIN pg_roles member ON member.oid = pg_auth_members.member
      WHERE grantor = ? AND pg_auth_members.member <> grantor
      """;

  private static final String CONNECTABLE =
      "SELECT datname FROM pg_database WHERE datallowconn ORDER BY datname";
  private static final String CLOSED =
      """
      SELECT datname FROM pg_database
      WHERE NOT datallowconn AND datconnlimit <> -2 AND datname <> 'template0'
      """;
  private static final String EXISTS = "SELECT EXISTS (SELECT FROM pg_roles WHERE oid = ?)";

  /** False if there is no such user. */
  boolean run() {
    String role = SqlText.name(name);
    return cluster.in(Sessions.MAINTENANCE, session -> run(session, role));
  }

  private boolean run(Session session, String role) throws SQLException {
    Patience.LONG.set(session);
    session.query(TAKE_TURN, row -> "");
    cluster.patience().set(session);
    List<Long> found = session.query(FIND, row -> row.getLong(1), name);
    if (found.isEmpty()) {
      return false;
    }
    long oid = found.getFirst();
    shutOut(session, role, oid);
    Administrators.ensure(session); // whom everything is handed over to
    for (String database : openDatabases(session)) {
      cluster.inIfOpen(database, inside -> handOver(inside, role));
    }
    drop(session, role, oid);
    return true;
  }

  private void shutOut(Session session, String role, long oid) throws SQLException {
    session.execute("SET lock_timeout = '500ms'");
    for (int tried = 1; !isShutOut(session, role, oid); tried++) {
      if (tried == MOST_TRIED) {
        throw EngineException.passing("The user cannot be shut out", null);
      }
      session.query(END_CHANGES_OF_ROLES, row -> row.getBoolean(1));
    }
    cluster.patience().set(session);
    endSessions(session, oid);
    for (String grant : session.query(ADMITTED, row -> row.getString(1), oid)) {
      session.execute(grant);
    }
  }

  /** False if someone keeps a lock on the role, as a session of the user itself may do. */
  private static boolean isShutOut(Session session, String role, long oid) throws SQLException {
    session.query(END_SESSIONS, row -> row.getBoolean(1), oid);
    try {
      session.execute("ALTER ROLE " + role + SHUT_OUT);
      return true;
    } catch (SQLException e) {
      if (SqlState.LOCK_TIMEOUT.isOf(e)) {
        return false;
      }
      throw e;
    }
  }

  /** An owner may have closed its database to everyone; what it owns there must be reached. */
  private static List<String> openDatabases(Session session) throws SQLException {
    for (String database : session.query(CLOSED, row -> row.getString(1))) {
      session.execute("ALTER DATABASE " + SqlText.name(database) + " ALLOW_CONNECTIONS true");
    }
    return session.query(CONNECTABLE, row -> row.getString(1));
  }

  private static boolean handOver(Session session, String role) throws SQLException {
    session.execute("REASSIGN OWNED BY " + role + " TO admin");
    session.execute("DROP OWNED BY " + role);
    return true;
  }

  /** A session that was just opening when the user was shut out ends here at the latest. */
  private static void drop(Session session, String role, long oid) throws SQLException {
    session.execute("DROP ROLE IF EXISTS " + role);
    endSessions(session, oid);
    if (session.holds(EXISTS, oid)) {
      throw EngineException.passing("The user is still there", null);
    }
  }

  private static void endSessions(Session session, long oid) throws SQLException {
    session.query(END_SESSIONS, row -> row.getBoolean(1), oid);
    if (session.holds(HAS_SESSIONS, oid)) {
      throw EngineException.passing("Sessions of the user do not end", null);
    }
  }
}
