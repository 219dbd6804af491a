package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import java.sql.SQLException;

/**
 * Keeps the relations of the system its own: no user may change one, refer to one, or maintain one.
 * Nothing grants such a right; what a user got hold of in a cluster of an older version is taken
 * away.
 */
final class SystemRelations {
  /** PostgreSQL itself lets everyone update pg_settings, which is the same as SET. */
  private static final String TAKE_BACK =
      """
      DO $$
      DECLARE
        item record;
      BEGIN
        FOR item IN
          SELECT DISTINCT pg_class.oid::regclass AS name, acl.grantee, acl.grantor, attname
          FROM pg_class
            LEFT JOIN pg_attribute ON attrelid = pg_class.oid AND attacl IS NOT NULL
            CROSS JOIN LATERAL (
              SELECT a.*, NULL::name AS part FROM aclexplode(relacl) AS a
              UNION ALL
              SELECT a.*, attname FROM aclexplode(attacl) AS a) AS acl
          WHERE relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
            AND acl.grantee <> 10 AND acl.privilege_type <> 'SELECT'
            AND NOT (pg_class.oid = 'pg_settings'::regclass AND acl.grantee = 0
              AND acl.privilege_type = 'UPDATE')
        LOOP
          EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER, MAINTAIN'
            ' ON %s FROM %s CASCADE', item.name,
            CASE item.grantee WHEN 0 THEN 'PUBLIC' ELSE item.grantee::regrole::text END);
          IF item.attname IS NOT NULL THEN
            EXECUTE format('REVOKE INSERT (%1$I), UPDATE (%1$I), REFERENCES (%1$I) ON %2$s FROM %3$s'
              ' CASCADE', item.attname, item.name,
              CASE item.grantee WHEN 0 THEN 'PUBLIC' ELSE item.grantee::regrole::text END);
          END IF;
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
