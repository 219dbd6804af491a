package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import java.sql.SQLException;

/**
 * Keeps the relations of the system its own: no user may change one, refer to one, or maintain one.
 * Nothing grants such a right; what a user got hold of in a cluster of an older version is taken
 * away.
 */
final class SystemRelations {
  /**
   * PostgreSQL itself lets everyone update pg_settings, which is the same as SET.
   *
   * <p>A REVOKE of the owner takes what the owner granted, and what was passed on by it at the same
   * place. What a grantor with an option for the relation passed on for a column stays, without a
   * word; so the grantor is given the option there, and that is taken back with all that hangs on
   * it. Nothing goes as long as the grantor has the option through a group, hence the passes.
   */
  private static final String TAKE_BACK =
      """
      DO $$
      DECLARE
        item record;
        is_clean boolean;
      BEGIN
        FOR pass IN 1..10 LOOP
          is_clean := true;
          FOR item IN
            SELECT format('%s%s ON %s', acl.privilege_type, acl.part, pg_class.oid::regclass)
                AS privilege,
              CASE WHEN acl.grantor = relowner AND acl.grantee = 0 THEN 'PUBLIC'
                WHEN acl.grantor = relowner THEN acl.grantee::regrole::text
                ELSE acl.grantor::regrole::text END AS holder,
              acl.grantor = relowner AS from_owner
            FROM pg_class
              CROSS JOIN LATERAL (
                SELECT a.*, '' AS part FROM aclexplode(relacl) AS a
                UNION ALL
                SELECT a.*, format(' (%I)', attname)
                FROM pg_attribute CROSS JOIN LATERAL aclexplode(attacl) AS a
                WHERE attrelid = pg_class.oid) AS acl
            WHERE relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
              AND acl.grantee <> 10 AND acl.privilege_type IN ('INSERT', 'UPDATE', 'DELETE',
                'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')
              AND NOT (pg_class.oid = 'pg_settings'::regclass AND acl.grantee = 0
                AND acl.grantor = relowner AND acl.privilege_type = 'UPDATE')
          LOOP
            is_clean := false;
            IF NOT item.from_owner THEN
              EXECUTE format('GRANT %s TO %s WITH GRANT OPTION', item.privilege, item.holder);
            END IF;
            EXECUTE format('REVOKE %s FROM %s CASCADE', item.privilege, item.holder);
          END LOOP;
          EXIT WHEN is_clean;
        END LOOP;
        FOR item IN
          SELECT pg_class.oid::regclass AS name, relkind FROM pg_class
          WHERE relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
            AND relowner <> 10 AND relkind IN ('r', 'v')
        LOOP
          EXECUTE format('ALTER TABLE %s OWNER TO gatehouse', item.name);
        END LOOP;
      END $$
      """;

  private SystemRelations() {}

  /** In the database of the session. */
  static void takeBack(Session session) throws SQLException {
    session.execute(TAKE_BACK);
  }
}
