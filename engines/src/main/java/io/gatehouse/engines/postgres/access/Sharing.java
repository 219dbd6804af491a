package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Lets administrators work with what each of them makes, as administrators of CockroachDB do.
 *
 * <p>PostgreSQL has no role that may do this short of reaching the system catalogs too, and members
 * of each other are not allowed. So databases, schemas, tables, sequences, types, functions and
 * extensions that an administrator makes belong to {@code admin} from the moment they exist. What
 * runs with its owner's rights (views, SECURITY DEFINER functions) stays with its maker, so that it
 * cannot outlive the maker's access; others may use it, and drop it with its schema's rights. What
 * roles make that are no administrators stays theirs and is granted to {@code admin}.
 *
 * <p>Two event triggers do this in every database, and since they are in the templates, in every
 * database made later. They are members of the extension plpgsql, so that no dump holds them, and
 * users can neither drop nor disable them.
 */
final class Sharing {
  /** Counts up when the triggers change. */
  private static final String VERSION = "4";

  private static final int PORTION = 500;

  /** Rights of roles made in SQL, and databases, are shared by each login and each sweep. */
  private static final String ROLES_AND_DATABASES =
      """
      SELECT format('GRANT %%s TO gatehouse_administrators WITH ADMIN TRUE, INHERIT TRUE, SET TRUE',
          pg_authid.oid::regrole) AS statement
      FROM pg_authid
      WHERE NOT %1$s
        AND NOT EXISTS (SELECT FROM pg_auth_members AS held
          WHERE held.roleid = pg_authid.oid AND held.member = %3$s AND held.grantor = 10
            OR held.roleid = %3$s AND held.member = pg_authid.oid
            OR held.roleid = (SELECT oid FROM pg_authid WHERE rolname = 'gatehouse_removed')
              AND held.member = pg_authid.oid)
      UNION ALL
      SELECT format('ALTER DATABASE %%I OWNER TO %%s', datname, %2$s::regrole)
      FROM pg_database
      WHERE datdba <> %2$s AND datconnlimit <> -2
        AND EXISTS (SELECT FROM pg_auth_members WHERE roleid = %2$s AND member = datdba)
      """
          .formatted(SystemRoles.IS_SYSTEM, SystemRoles.ADMIN_OID, SystemRoles.ADMINISTRATORS_OID);

  /**
   * The statements that share what is in a database and is not shared. Takes the OID of {@code
   * admin} as {@code admin}, and a condition on an OID in place of each {@code only(...)}.
   */
  private static final String OBJECTS =
      """
      SELECT statement, rank FROM (
        SELECT CASE WHEN relkind = 'S' THEN 2 ELSE 1 END AS rank,
          CASE
            WHEN shared AND relkind IN ('r', 'p', 'f', 'S') AND NOT attached
              THEN format('ALTER %s %s OWNER TO %s', CASE relkind WHEN 'S' THEN 'SEQUENCE'
                WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, pg_class.oid::regclass, admin)
            WHEN relkind = 'S' AND NOT (has_sequence_privilege(admin, pg_class.oid, 'UPDATE')
                AND has_sequence_privilege(admin, pg_class.oid, 'USAGE'))
              THEN format('GRANT ALL ON SEQUENCE %s TO %s', pg_class.oid::regclass, admin)
            WHEN relkind <> 'S' AND NOT (has_table_privilege(admin, pg_class.oid, 'SELECT')
                AND has_table_privilege(admin, pg_class.oid, 'INSERT')
                AND has_table_privilege(admin, pg_class.oid, 'DELETE'))
              THEN format('GRANT ALL ON TABLE %s TO %s', pg_class.oid::regclass, admin)
          END AS statement
        FROM pg_class
          CROSS JOIN LATERAL (SELECT
            EXISTS (SELECT FROM pg_auth_members WHERE roleid = admin AND member = relowner)
              AND relowner <> admin AS shared,
            EXISTS (SELECT FROM pg_depend
              WHERE pg_depend.classid = 'pg_class'::regclass AND pg_depend.objid = pg_class.oid
                AND (refclassid = 'pg_extension'::regclass OR relkind = 'S'
                  AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i'))) AS attached)
        WHERE only(pg_class.oid) AND relkind IN ('r', 'p', 'f', 'S', 'v', 'm')
          AND relpersistence <> 't'
          AND relowner >= 16384 AND relowner <> admin
          AND pg_get_userbyid(relowner) NOT LIKE 'gatehouse\\_quarantine%'
        UNION ALL
        SELECT 0,
          CASE
            WHEN EXISTS (SELECT FROM pg_auth_members WHERE roleid = admin AND member = nspowner)
              THEN format('ALTER SCHEMA %I OWNER TO %s', nspname, admin)
            WHEN NOT has_schema_privilege(admin, pg_namespace.oid, 'USAGE')
              OR NOT has_schema_privilege(admin, pg_namespace.oid, 'CREATE')
              THEN format('GRANT ALL ON SCHEMA %I TO %s', nspname, admin)
          END
        FROM pg_namespace
        WHERE only(pg_namespace.oid) AND nspowner >= 16384 AND nspowner <> admin AND nspname !~ '^pg_'
        UNION ALL
        SELECT 3,
          format('ALTER TYPE %s OWNER TO %s', pg_type.oid::regtype, admin)
        FROM pg_type
        WHERE only(pg_type.oid) AND typtype IN ('e', 'r', 'd', 'c', 'b')
          AND typowner >= 16384 AND typowner <> admin
          AND (typtype <> 'b' OR typcategory <> 'A') AND (typrelid = 0
            OR 'c' = (SELECT relkind FROM pg_class WHERE pg_class.oid = typrelid))
          AND EXISTS (SELECT FROM pg_auth_members WHERE roleid = admin AND member = typowner)
          AND NOT EXISTS (SELECT FROM pg_depend WHERE pg_depend.classid = 'pg_type'::regclass
            AND pg_depend.objid = pg_type.oid AND refclassid = 'pg_extension'::regclass)
        UNION ALL
        SELECT 3,
          format('ALTER ROUTINE %s OWNER TO %s', pg_proc.oid::regprocedure,
            CASE WHEN prosecdef THEN maker ELSE admin END)
        FROM pg_proc
          CROSS JOIN (SELECT oid::regrole AS maker FROM pg_authid WHERE rolname = session_user) AS me
        WHERE only(pg_proc.oid) AND proowner >= 16384 AND (prosecdef AND proowner = admin
              AND maker::oid >= 16384
            OR NOT prosecdef AND proowner <> admin
              AND EXISTS (SELECT FROM pg_auth_members WHERE roleid = admin AND member = proowner))
          AND NOT EXISTS (SELECT FROM pg_depend WHERE pg_depend.classid = 'pg_proc'::regclass
            AND pg_depend.objid = pg_proc.oid AND refclassid = 'pg_extension'::regclass)
        UNION ALL
        SELECT 4,
          format('ALTER LARGE OBJECT %s OWNER TO %s', pg_largeobject_metadata.oid, admin)
        FROM pg_largeobject_metadata
        WHERE only(pg_largeobject_metadata.oid)
          AND EXISTS (SELECT FROM pg_auth_members WHERE roleid = admin AND member = lomowner)
        UNION ALL
        SELECT 4, format('ALTER %s %s OWNER TO %s',
          CASE type WHEN 'statistics object' THEN 'STATISTICS' ELSE upper(type COLLATE "C") END, identity, admin)
        FROM pg_shdepend CROSS JOIN LATERAL pg_identify_object(classid, objid, 0)
        WHERE only(objid) AND deptype = 'o' AND refclassid = 'pg_authid'::regclass
          AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND classid IN ('pg_operator'::regclass, 'pg_opclass'::regclass, 'pg_opfamily'::regclass,
            'pg_collation'::regclass, 'pg_conversion'::regclass, 'pg_ts_config'::regclass,
            'pg_ts_dict'::regclass, 'pg_statistic_ext'::regclass, 'pg_publication'::regclass,
            'pg_foreign_server'::regclass)
          AND EXISTS (SELECT FROM pg_auth_members WHERE roleid = admin AND member = refobjid)
          AND NOT EXISTS (SELECT FROM pg_depend WHERE pg_depend.classid = pg_shdepend.classid
            AND pg_depend.objid = pg_shdepend.objid
            AND pg_depend.refclassid = 'pg_extension'::regclass)
        UNION ALL
        SELECT 5,
          format('UPDATE pg_extension SET extowner = %2$s WHERE oid = %1$s;'
            ' UPDATE pg_shdepend SET refobjid = %2$s WHERE objid = %1$s AND deptype = %3$L'
            ' AND classid = %4$s AND dbid ='
            ' (SELECT oid FROM pg_database WHERE datname = current_database())',
            pg_extension.oid, admin::oid, 'o', 'pg_extension'::regclass::oid)
        FROM pg_extension
        WHERE only(pg_extension.oid)
          AND EXISTS (SELECT FROM pg_auth_members WHERE roleid = admin AND member = extowner)
      ) AS unshared
      WHERE statement IS NOT NULL
      """;

  /** Relations and types of the temporary schema come first unless it is named last. */
  private static final String DEFINER =
      """
      RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = pg_catalog, pg_temp SET lock_timeout = '200ms' AS $f$
      """;

  private static final String SHARE_WHAT_IS_MADE =
      """
      CREATE OR REPLACE FUNCTION pg_catalog.gatehouse_share() %s
      DECLARE
        admin CONSTANT regrole := %s;
        made CONSTANT oid[] := ARRAY(
          SELECT objid FROM pg_event_trigger_ddl_commands() WHERE objid IS NOT NULL);
        item record;
      BEGIN
        IF made = '{}' THEN
          RETURN;
        END IF;
        FOR item IN %s ORDER BY rank LOOP
          EXECUTE item.statement;
        END LOOP;
      END $f$;
      """
          .formatted(DEFINER, SystemRoles.ADMIN_OID, objects("$1 = ANY (made)"));

  private static final String SHARE_AT_LOGIN =
      """
      CREATE OR REPLACE FUNCTION pg_catalog.gatehouse_login() %s
      DECLARE
        item record;
      BEGIN
        FOR item IN %s LOOP
          BEGIN
            EXECUTE item.statement;
          EXCEPTION
            WHEN lock_not_available THEN
              RETURN; -- a login waits for one lock at most
            WHEN OTHERS THEN
              NULL; -- the next login or sweep does it; a login must never fail for it
          END;
        END LOOP;
      EXCEPTION WHEN OTHERS THEN
        NULL;
      END $f$;
      """
          .formatted(DEFINER, ROLES_AND_DATABASES);

  private static final String TRIGGERS =
      """
      CREATE EVENT TRIGGER gatehouse_share ON ddl_command_end
        EXECUTE FUNCTION pg_catalog.gatehouse_share();
      CREATE EVENT TRIGGER gatehouse_login ON login
        EXECUTE FUNCTION pg_catalog.gatehouse_login();
      ALTER EVENT TRIGGER gatehouse_share ENABLE ALWAYS;
      ALTER EXTENSION plpgsql ADD FUNCTION pg_catalog.gatehouse_share();
      ALTER EXTENSION plpgsql ADD FUNCTION pg_catalog.gatehouse_login();
      ALTER EXTENSION plpgsql ADD EVENT TRIGGER gatehouse_share;
      ALTER EXTENSION plpgsql ADD EVENT TRIGGER gatehouse_login;
      """;

  /**
   * Dumps of older versions comment on plpgsql, which needs its owner. Nobody can drop it: it
   * depends on a part of the system that cannot be dropped.
   */
  private static final String PLPGSQL =
      """
      UPDATE pg_extension SET extowner = %1$s WHERE extname = 'plpgsql' AND extowner <> %1$s;
      INSERT INTO pg_shdepend
      SELECT pg_database.oid, 'pg_extension'::regclass, pg_extension.oid, 0,
        'pg_authid'::regclass, %1$s, 'o'
      FROM pg_extension, pg_database
      WHERE extname = 'plpgsql' AND datname = current_database() AND NOT EXISTS (
        SELECT FROM pg_shdepend WHERE classid = 'pg_extension'::regclass
          AND objid = pg_extension.oid AND dbid = pg_database.oid AND deptype = 'o');
      INSERT INTO pg_depend
      SELECT 'pg_extension'::regclass, pg_extension.oid, 0,
        'pg_namespace'::regclass, 'pg_catalog'::regnamespace, 0, 'i'
      FROM pg_extension
      WHERE extname = 'plpgsql' AND NOT EXISTS (
        SELECT FROM pg_depend WHERE classid = 'pg_extension'::regclass
          AND objid = pg_extension.oid AND deptype = 'i');
      """
          .formatted(SystemRoles.ADMIN_OID);

  private static final String COMMENT =
      "COMMENT ON EVENT TRIGGER gatehouse_share IS 'version " + VERSION + "'";

  private static final String IS_INSTALLED =
      """
      SELECT 2 = (SELECT count(*) FROM pg_event_trigger
        WHERE evtname IN ('gatehouse_share', 'gatehouse_login') AND evtowner = 10
          AND evtenabled <> 'D')
        AND EXISTS (SELECT FROM pg_event_trigger WHERE evtname = 'gatehouse_share'
          AND obj_description(oid, 'pg_event_trigger') = 'version %s')
      """
          .formatted(VERSION);

  /** The functions stay and are replaced: users can have made something that depends on them. */
  private static final String UNINSTALL =
      """
      DO $$
      DECLARE
        item record;
      BEGIN
        FOR item IN SELECT evtname, extname FROM pg_event_trigger
          LEFT JOIN pg_depend ON classid = 'pg_event_trigger'::regclass
            AND objid = pg_event_trigger.oid AND refclassid = 'pg_extension'::regclass
          LEFT JOIN pg_extension ON pg_extension.oid = refobjid
          WHERE evtname IN ('gatehouse_share', 'gatehouse_login')
        LOOP
          IF item.extname IS NOT NULL THEN
            EXECUTE format('ALTER EXTENSION %I DROP EVENT TRIGGER %I', item.extname, item.evtname);
          END IF;
          EXECUTE format('DROP EVENT TRIGGER %I', item.evtname);
        END LOOP;
        FOR item IN SELECT pg_proc.oid::regprocedure AS name, extname FROM pg_proc
          LEFT JOIN pg_depend ON classid = 'pg_proc'::regclass
            AND objid = pg_proc.oid AND refclassid = 'pg_extension'::regclass
          LEFT JOIN pg_extension ON pg_extension.oid = refobjid
          WHERE proname IN ('gatehouse_share', 'gatehouse_login')
            AND pronamespace = 'pg_catalog'::regnamespace
        LOOP
          IF item.extname IS NOT NULL THEN
            EXECUTE format('ALTER EXTENSION %I DROP FUNCTION %s', item.extname, item.name);
          END IF;
        END LOOP;
      END $$;
      """;

  /** Others may hold locks on what is to be shared: that is left to the next sweep. */
  private static final String SHARE_PORTION =
      """
      DO $$
      DECLARE
        admin CONSTANT regrole := %s;
        item record;
        failed int := 0;
        done int := 0;
      BEGIN
        SET LOCAL lock_timeout = '50ms';
        FOR item IN %s ORDER BY rank LIMIT %d LOOP
          BEGIN
            EXECUTE item.statement;
            done := done + 1;
          EXCEPTION WHEN OTHERS THEN
            failed := failed + 1;
            EXIT WHEN failed = 20;
          END;
        END LOOP;
        PERFORM set_config('gatehouse.shared', done::text, false);
        PERFORM set_config('gatehouse.failed', failed::text, false);
      END $$
      """
          .formatted(SystemRoles.ADMIN_OID, objects("true"), PORTION);

  private static final String SHARE_ROLES =
      """
      DO $$
      DECLARE
        item record;
      BEGIN
        FOR item IN %s LOOP
          BEGIN
            EXECUTE item.statement;
          EXCEPTION WHEN OTHERS THEN
            NULL; -- for instance a circle of memberships that users made; the next sweep tries again
          END;
        END LOOP;
      END $$
      """
          .formatted(ROLES_AND_DATABASES);

  private static final String PORTION_DONE =
      """
      SELECT current_setting('gatehouse.shared')::int, current_setting('gatehouse.failed')::int
      """;

  private static String objects(String condition) {
    return OBJECTS.replaceAll("only\\(([a-z_.]+)\\)", condition);
  }

  private record Portion(int done, int failed) {}

  private Sharing() {}

  /** Makes sure that the triggers are in the database of the session. */
  static void install(Session session) throws SQLException {
    if (!session.holds(IS_INSTALLED)) {
      session.together(
          open -> {
            open.execute(UNINSTALL);
            open.execute(SHARE_WHAT_IS_MADE + SHARE_AT_LOGIN + TRIGGERS + PLPGSQL + COMMENT);
            return true;
          });
    }
  }

  /**
   * Shares what was made in the database of the session without the triggers, in portions.
   *
   * @return whether nothing is left, for instance because somebody has it locked
   */
  static boolean shareObjects(Session session) throws SQLException {
    Portion portion;
    do {
      session.execute(SHARE_PORTION);
      portion = session.first(PORTION_DONE, Sharing::portion).orElseThrow();
    } while (portion.done() > 0 && portion.failed() == 0);
    return portion.failed() == 0;
  }

  private static Portion portion(ResultSet row) throws SQLException {
    return new Portion(row.getInt(1), row.getInt(2));
  }

  /** Shares roles made in SQL, and databases. In the maintenance database. */
  static void shareRolesAndDatabases(Session session) throws SQLException {
    session.execute(SHARE_ROLES);
  }
}
