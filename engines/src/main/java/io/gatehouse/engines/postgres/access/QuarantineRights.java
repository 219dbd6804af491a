package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Takes from the quarantine roles what users granted to them. Otherwise a user could prepare rights
 * there before being removed, and what was put into quarantine would go on working with them.
 */
final class QuarantineRights {
  private static final String OF_QUARANTINE = "grantee = 'gatehouse_quarantine'::regrole";

  /** Views read; nothing reads through a right on anything but a relation and its schema. */
  private static final String OF_QUARANTINED_VIEWS =
      """
      grantee = 'gatehouse_quarantined_views'::regrole
        AND NOT (target LIKE 'TABLE %' AND privilege_type = 'SELECT' AND NOT is_grantable
          OR target LIKE 'SCHEMA %' AND privilege_type = 'USAGE' AND NOT is_grantable)
      """;

  private static final String DEFAULTS =
      """
      SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %s%s REVOKE ALL ON %s FROM %s CASCADE',
          defaclrole::regrole, ' IN SCHEMA ' || quote_ident(nspname),
          CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES'
            WHEN 'f' THEN 'ROUTINES' WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS'
            ELSE 'LARGE OBJECTS' END,
          grantee::regrole) AS statement
      FROM pg_default_acl LEFT JOIN pg_namespace ON pg_namespace.oid = defaclnamespace
        CROSS JOIN LATERAL aclexplode(defaclacl)
      WHERE grantee IN ('gatehouse_quarantine'::regrole, 'gatehouse_quarantined_views'::regrole)
      """;

  private static final String TAKE_BACK =
      """
      DO $$
      DECLARE
        item record;
        blocker text := '';
        done int := 0;
      BEGIN
        SET LOCAL lock_timeout = '300ms';
        FOR item IN :items LOOP
          BEGIN
            EXECUTE item.statement;
          EXCEPTION WHEN OTHERS THEN
            blocker := encode(textsend(SQLERRM), 'escape');
          END;
          done := done + 1;
          CONTINUE WHEN done % 500 <> 0; -- a transaction has room for a limited number of locks
          COMMIT;
          SET LOCAL lock_timeout = '300ms';
        END LOOP;
        PERFORM set_config('gatehouse.blocker', blocker, false);
      END $$
      """;

  private static final String BLOCKER = "SELECT current_setting('gatehouse.blocker')";

  private static final String DATABASES =
      """
      SELECT DISTINCT dbid::bigint FROM pg_shdepend
      WHERE refclassid = 'pg_authid'::regclass AND deptype = 'a' AND dbid <> 0
        AND refobjid = 'gatehouse_quarantine'::regrole
      """;

  private QuarantineRights() {}

  /** Databases in which the role that has no rights was granted some. */
  static List<Long> databases(Session session) throws SQLException {
    return session.query(DATABASES, row -> row.getLong(1));
  }

  /**
   * In the database of the session.
   *
   * @return what stands in the way
   */
  static Optional<String> takeBack(Session session) throws SQLException {
    for (String items :
        List.of(
            DEFAULTS,
            granted("gatehouse_quarantine", OF_QUARANTINE),
            granted("gatehouse_quarantined_views", OF_QUARANTINED_VIEWS))) {
      session.execute(TAKE_BACK.replace(":items", items));
      String blocker = session.first(BLOCKER, row -> row.getString(1)).orElseThrow();
      if (!blocker.isEmpty()) {
        return Optional.of("Rights of the quarantine roles cannot be taken back: " + blocker);
      }
    }
    return Optional.empty();
  }

  /** REVOKE by the owner leaves what others granted, so each right is revoked by its grantor. */
  private static String granted(String role, String condition) {
    return Rights.of("'%s'::regrole".formatted(role))
        + """
        SELECT format('%sREVOKE %s%s ON %s FROM %s CASCADE; RESET ROLE',
          CASE WHEN grantor <> owner THEN format('SET LOCAL ROLE %s; ', grantor::regrole) END,
          privilege_type, part, target, grantee::regrole) AS statement
        FROM rights
        WHERE owner <> grantee AND
        """
        + condition;
  }
}
