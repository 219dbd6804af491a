package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Takes the role out of every role and everybody out of it, each by who granted it, and forgets its
 * settings. Comes after {@link KeepMemberships}.
 */
final class RevokeMemberships implements RemovalStep {
  private static final String REVOKE =
      """
      DO $$
      DECLARE
        item record;
        blocker text := '';
        done int := 0;
      BEGIN
        SET LOCAL lock_timeout = '300ms';
        FOR item IN
          SELECT format('REVOKE %s FROM %s GRANTED BY %s CASCADE',
              roleid::regrole, member::regrole, grantor::regrole) AS statement
          FROM pg_auth_members
          WHERE :role IN (roleid, member, grantor)
            AND roleid <> 'gatehouse_removed'::regrole
          UNION ALL
          SELECT format('ALTER ROLE %s %s RESET ALL', setrole::regrole,
              (SELECT format('IN DATABASE %I', datname) FROM pg_database
                WHERE pg_database.oid = setdatabase))
          FROM pg_db_role_setting WHERE setrole = :role
        LOOP
          BEGIN
            EXECUTE item.statement;
          EXCEPTION WHEN OTHERS THEN
            blocker := SQLERRM;
          END;
          done := done + 1;
          CONTINUE WHEN done % 500 <> 0; -- a transaction has room for a limited number of locks
          COMMIT;
          SET LOCAL lock_timeout = '300ms';
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
