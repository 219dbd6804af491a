package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Takes the role out of every role and everybody out of it, each by who granted it, and forgets its
 * settings. Whom the role had let into others stays in them.
 */
final class RevokeMemberships implements RemovalStep {
  private static final String REVOKE =
      """
      DO $$
      DECLARE
        item record;
        blocker text := '';
      BEGIN
        SET LOCAL lock_timeout = '300ms';
        FOR item IN
          SELECT 1 AS rank, format('GRANT %s TO %s WITH ADMIN %s, INHERIT %s, SET %s',
              roleid::regrole, member::regrole,
              admin_option::text, inherit_option::text, set_option::text) AS statement
          FROM pg_auth_members
          WHERE grantor = :role AND member <> :role AND roleid <> :role
          UNION ALL
          SELECT 2, format('REVOKE %s FROM %s GRANTED BY %s CASCADE',
              roleid::regrole, member::regrole, grantor::regrole)
          FROM pg_auth_members
          WHERE :role IN (roleid, member, grantor)
            AND roleid <> 'gatehouse_removed'::regrole
          UNION ALL
          SELECT 3, format('ALTER ROLE %s %s RESET ALL', setrole::regrole,
              (SELECT format('IN DATABASE %I', datname) FROM pg_database
                WHERE pg_database.oid = setdatabase))
          FROM pg_db_role_setting WHERE setrole = :role
          ORDER BY rank
        LOOP
          BEGIN
            EXECUTE item.statement;
          EXCEPTION WHEN OTHERS THEN
            blocker := SQLERRM;
            EXIT WHEN item.rank = 1; -- nothing is revoked before it is granted again
          END;
        END LOOP;
        PERFORM set_config('gatehouse.blocker', blocker, false);
      END $$
      """;

  private static final String ARE_LEFT =
      """
      SELECT EXISTS (SELECT FROM pg_auth_members
          WHERE :role IN (roleid, member, grantor) AND roleid <> 'gatehouse_removed'::regrole)
        OR EXISTS (SELECT FROM pg_db_role_setting WHERE setrole = :role)
      """;

  private static final String BLOCKER = "SELECT current_setting('gatehouse.blocker')";

  @Override
  public Optional<String> run(Session session, Removal removal) throws SQLException {
    session.execute(removal.sql(REVOKE));
    if (!session.holds(removal.sql(ARE_LEFT))) {
      return Optional.empty();
    }
    String blocker = session.first(BLOCKER, row -> row.getString(1)).orElseThrow();
    return Optional.of("Memberships of the user are left: " + blocker);
  }
}
