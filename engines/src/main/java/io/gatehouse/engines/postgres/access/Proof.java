package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import java.sql.SQLException;
import java.util.Optional;

/** Looks for anything that a role has left, by its OID; also works when the role is gone. */
final class Proof {
  private static final String LEFT =
      """
      SELECT what FROM (
        SELECT 1 AS rank, 'a session, process ' || pid AS what FROM pg_stat_activity
        WHERE usesysid = :role
        UNION ALL
        SELECT 2, 'a membership of or in ' || CASE :role WHEN roleid THEN member::regrole
          ELSE roleid::regrole END
        FROM pg_auth_members WHERE :role IN (roleid, member, grantor)
          AND roleid::regrole::text <> 'gatehouse_removed'
        UNION ALL
        SELECT 3, 'a prepared transaction, ' || quote_literal(gid) FROM pg_prepared_xact() AS p
        WHERE ownerid = :role
        UNION ALL
        SELECT 4, 'something of ' || classid::regclass || ' in '
          || coalesce((SELECT quote_ident(datname) FROM pg_database WHERE oid = dbid), 'the cluster')
        FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND refobjid = :role
          AND classid <> 'pg_auth_members'::regclass
        UNION ALL
        SELECT 5, 'a setting' FROM pg_db_role_setting WHERE setrole = :role
        UNION ALL
        SELECT 6, 'a change of roles that is under way, in process ' || pid
        FROM pg_locks
        WHERE relation IN ('pg_authid'::regclass, 'pg_auth_members'::regclass)
          AND mode <> 'AccessShareLock' AND granted AND pid <> pg_backend_pid()
      ) AS left_behind ORDER BY rank LIMIT 1
      """;

  private Proof() {}

  /** What is left first of all; empty if nothing is. */
  static Optional<String> left(Session session, Removal removal) throws SQLException {
    return session.first(removal.sql(LEFT), row -> row.getString(1));
  }
}
