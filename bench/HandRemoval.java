import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The removal of a user as somebody does it by hand who knows what can be left behind: shut the
 * door, end the sessions, hand over in each database, drop the role, and look after everything that
 * could be left, before and after.
 */
record HandRemoval(SqlCluster cluster, String user) {
  private static final List<String> LEFT =
      List.of(
          "SELECT 1 FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND refobjid = :oid"
              + " AND classid <> 'pg_auth_members'::regclass",
          "SELECT 1 FROM pg_auth_members WHERE :oid IN (roleid, member, grantor)",
          "SELECT 1 FROM pg_stat_activity WHERE usesysid = :oid",
          "SELECT 1 FROM pg_prepared_xact() AS p WHERE ownerid = :oid",
          "SELECT 1 FROM pg_db_role_setting WHERE setrole = :oid",
          "SELECT 1 FROM pg_subscription WHERE subowner = :oid",
          "SELECT 1 FROM pg_locks WHERE relation = 'pg_authid'::regclass"
              + " AND mode <> 'AccessShareLock' AND pid <> pg_backend_pid()");

  /** What a person looks at in each database before it is handed over. */
  private static final List<String> REVIEW =
      List.of(
          "SELECT evtname FROM pg_event_trigger WHERE evtowner = :oid",
          "SELECT polname FROM pg_policy WHERE :oid = ANY (polroles) AND NOT polpermissive",
          "SELECT relname FROM pg_class WHERE relowner = :oid AND relkind IN ('v', 'm')",
          "SELECT proname FROM pg_proc WHERE proowner = :oid",
          "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE proowner = :oid",
          "SELECT relname FROM pg_class CROSS JOIN LATERAL aclexplode(relacl) AS acl"
              + " WHERE :oid IN (acl.grantor, acl.grantee) AND relowner <> :oid",
          "SELECT nspname FROM pg_namespace CROSS JOIN LATERAL aclexplode(nspacl) AS acl"
              + " WHERE :oid IN (acl.grantor, acl.grantee) AND nspowner <> :oid",
          "SELECT proname FROM pg_proc CROSS JOIN LATERAL aclexplode(proacl) AS acl"
              + " WHERE :oid IN (acl.grantor, acl.grantee) AND proowner <> :oid");

  void run() throws Exception {
    try (Connection session = cluster.superuser("postgres")) {
      String oid =
          SqlCluster.column(session, "SELECT oid FROM pg_roles WHERE rolname = '" + user + "'")
              .getFirst();
      SqlCluster.execute(
          session,
          "ALTER ROLE "
              + user
              + " NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS"
              + " CONNECTION LIMIT 0 PASSWORD NULL VALID UNTIL '-infinity'");
      SqlCluster.execute(session, "ALTER ROLE " + user + " RESET ALL");
      endSessions(session, oid);
      for (String statement : SqlCluster.column(session, with(MEMBERSHIPS, oid))) {
        SqlCluster.execute(session, statement);
      }
      for (String database : SqlCluster.column(session, with(DATABASES, oid))) {
        handOver(database, oid);
      }
      requireNothing(session, oid);
      SqlCluster.execute(session, "DROP ROLE " + user);
      requireNothing(session, oid);
    }
  }

  private static final String MEMBERSHIPS =
      """
      SELECT format('REVOKE %I FROM %I GRANTED BY %I CASCADE', role.rolname, member.rolname,
        grantor.rolname)
      FROM pg_auth_members JOIN pg_roles AS role ON role.oid = roleid
        JOIN pg_roles AS member ON member.oid = pg_auth_members.member
        JOIN pg_roles AS grantor ON grantor.oid = pg_auth_members.grantor
      WHERE :oid IN (roleid, pg_auth_members.member, pg_auth_members.grantor)
      """;

  private static final String DATABASES =
      """
      SELECT DISTINCT datname FROM pg_shdepend JOIN pg_database ON pg_database.oid = dbid
      WHERE refclassid = 'pg_authid'::regclass AND refobjid = :oid
      """;

  private static void endSessions(Connection session, String oid) throws SQLException {
    String end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usesysid = " + oid;
    while (!SqlCluster.column(session, end).isEmpty()) {
      SqlCluster.execute(session, "SELECT pg_sleep(0.01)");
    }
  }

  private void handOver(String database, String oid) throws Exception {
    try (Connection session = cluster.superuser(database)) {
      session.setAutoCommit(false);
      for (String review : REVIEW) {
        if (!SqlCluster.column(session, with(review, oid)).isEmpty()) {
          throw new IllegalStateException("there is something to review: " + review);
        }
      }
      SqlCluster.execute(session, "REASSIGN OWNED BY " + user + " TO admin");
      SqlCluster.execute(session, "DROP OWNED BY " + user);
      session.commit();
    }
  }

  private static void requireNothing(Connection session, String oid) throws SQLException {
    for (String question : LEFT) {
      if (!SqlCluster.column(session, with(question, oid)).isEmpty()) {
        throw new IllegalStateException("something is left: " + question);
      }
    }
  }

  private static String with(String sql, String oid) {
    return sql.replace(":oid", oid);
  }
}
