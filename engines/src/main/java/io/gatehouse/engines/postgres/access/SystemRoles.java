package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import java.sql.SQLException;

/**
 * The group roles of a cluster, and what a SQL user is.
 *
 * <table>
 * <caption>Roles of the system; all but the reader are groups, and cannot log in</caption>
 * <tr><td>{@code admin}</td><td>every administrator is a member. It owns the databases, schemas,
 * tables, sequences and types that administrators make (see {@link Sharing}), makes databases and
 * roles, sees statistics, and ends sessions. Whoever is in it may admit others.</td></tr>
 * <tr><td>{@code gatehouse_administrators}</td><td>users made here. It is a member, with ADMIN
 * OPTION, of the roles made in SQL, so that each administrator manages what another made.</td></tr>
 * <tr><td>{@code gatehouse_quarantine}</td><td>owns what a removed user left behind that runs with
 * its owner's rights. It has no rights.</td></tr>
 * <tr><td>{@code gatehouse_quarantined_views}</td><td>the same for views. It may read what they
 * read.</td></tr>
 * <tr><td>{@code gatehouse_reader}</td><td>logs in for the control plane where nothing more than a
 * look at the catalogs of a user's database is needed. It has no rights.</td></tr>
 * <tr><td>{@code gatehouse_removed}</td><td>whoever is in it is being removed.</td></tr>
 * </table>
 *
 * <p>No role of a user is a member of a predefined role, but for two that {@code admin} is in.
 * {@code pg_write_all_data} in particular reaches the views of the system catalogs, and {@code
 * pg_read_all_data} the password verifiers in them.
 *
 * <p>Members of {@code admin} can rename or change it, which PostgreSQL has no way to forbid to who
 * may admit others. It is known by what it was granted by the superuser, and put right. They cannot
 * drop it, for plpgsql belongs to it in {@code template0} too, where they cannot connect.
 */
final class SystemRoles {
  static final String ADMINISTRATORS = "gatehouse_administrators";
  static final String QUARANTINE = "gatehouse_quarantine";
  static final String QUARANTINED_VIEWS = "gatehouse_quarantined_views";
  static final String REMOVED = "gatehouse_removed";

  /** An expression: the OID of {@code admin}, whatever it is called now; null if it is gone. */
  static final String ADMIN_OID =
      """
      (SELECT member FROM pg_auth_members JOIN pg_authid ON pg_authid.oid = member
        WHERE roleid = 4200 AND grantor = 10 ORDER BY rolname <> 'admin', member LIMIT 1)""";

  /** An expression: the OID of {@value #ADMINISTRATORS}. No user can rename it. */
  static final String ADMINISTRATORS_OID =
      "(SELECT oid FROM pg_authid WHERE rolname = 'gatehouse_administrators')";

  /** A condition on rows of pg_authid: a role of the system itself. */
  static final String IS_SYSTEM =
      """
      (pg_authid.oid < 16384 OR pg_authid.oid = %s OR rolname IN ('gatehouse_administrators',
        'gatehouse_quarantine', 'gatehouse_quarantined_views', 'gatehouse_removed',
        'gatehouse_reader'))
      """
          .formatted(ADMIN_OID);

  private static final String ARE_SET_UP =
      """
      SELECT EXISTS (
          SELECT FROM pg_authid
          WHERE oid = %1$s AND rolname = 'admin' AND NOT rolcanlogin AND rolcreatedb
            AND rolcreaterole AND rolinherit)
        AND 5 = (
          SELECT count(*) FROM pg_authid
          WHERE rolname IN ('gatehouse_administrators', 'gatehouse_quarantine',
              'gatehouse_quarantined_views', 'gatehouse_removed', 'gatehouse_reader')
            AND rolcanlogin = (rolname = 'gatehouse_reader')
            AND NOT (rolcreatedb OR rolcreaterole)
            AND NOT EXISTS (SELECT FROM pg_auth_members WHERE roleid = pg_authid.oid
              AND admin_option))
        AND NOT EXISTS (
          SELECT FROM pg_authid
          WHERE oid >= 16384 AND (rolsuper OR rolreplication OR rolbypassrls))
        AND NOT EXISTS (
          SELECT FROM pg_auth_members
          WHERE roleid < 16384 AND member >= 16384
            AND NOT (member = %1$s AND roleid IN (3375, 4200) AND NOT admin_option))
        AND EXISTS (SELECT FROM pg_auth_members WHERE roleid = 3375 AND member = %1$s)
        AND NOT EXISTS (
          SELECT FROM pg_auth_members JOIN pg_authid ON pg_authid.oid = member
          WHERE rolname IN ('gatehouse_quarantine', 'gatehouse_quarantined_views',
            'gatehouse_removed', 'gatehouse_reader'))
      """
          .formatted(ADMIN_OID);

  private static final String MEND =
      """
      DO $$
      DECLARE
        real oid := %1$s;
        first_time CONSTANT boolean := NOT EXISTS (
          SELECT FROM pg_authid WHERE rolname = 'gatehouse_administrators');
        item record;
      BEGIN
        IF real IS NULL THEN
          SELECT member INTO real FROM pg_auth_members
          WHERE roleid IN (6181, 6182) AND grantor = 10 ORDER BY member LIMIT 1;
        END IF;
        FOR item IN
          SELECT oid FROM pg_authid
          WHERE rolname = 'admin' AND oid IS DISTINCT FROM real
            OR rolname IN ('gatehouse_administrators', 'gatehouse_quarantine',
                'gatehouse_quarantined_views', 'gatehouse_removed', 'gatehouse_reader')
              AND (rolcanlogin <> (rolname = 'gatehouse_reader') OR rolcreatedb OR rolcreaterole
                OR EXISTS (
                SELECT FROM pg_auth_members WHERE roleid = pg_authid.oid AND admin_option))
        LOOP
          EXECUTE format('ALTER ROLE %%s RENAME TO %%I', item.oid::regrole, 'not_ours_' || item.oid);
        END LOOP;
        IF real IS NULL THEN
          CREATE ROLE admin;
          real := 'admin'::regrole;
          FOR item IN
            SELECT oid FROM pg_authid
            WHERE oid >= 16384 AND rolcanlogin AND rolcreaterole AND rolcreatedb
          LOOP
            EXECUTE format('GRANT admin TO %%s WITH ADMIN TRUE, INHERIT TRUE', item.oid::regrole);
          END LOOP;
        ELSIF real::regrole::text <> 'admin' THEN
          EXECUTE format('ALTER ROLE %%s RENAME TO admin', real::regrole);
        END IF;
        ALTER ROLE admin NOLOGIN CREATEDB CREATEROLE INHERIT;
        FOR item IN
          SELECT name FROM unnest(ARRAY['gatehouse_administrators', 'gatehouse_quarantine',
            'gatehouse_quarantined_views', 'gatehouse_removed', 'gatehouse_reader']) AS name
          WHERE NOT EXISTS (SELECT FROM pg_authid WHERE rolname = name)
        LOOP
          EXECUTE format('CREATE ROLE %%I', item.name);
        END LOOP;
        ALTER ROLE gatehouse_reader LOGIN;
        IF first_time THEN
          FOR item IN
            SELECT member FROM pg_auth_members JOIN pg_authid ON pg_authid.oid = member
            WHERE roleid = real AND grantor = 10 AND admin_option AND rolcanlogin
          LOOP
            EXECUTE format('GRANT gatehouse_administrators TO %%s', item.member::regrole);
          END LOOP;
          FOR item IN -- removals that the first version began and did not end
            SELECT oid FROM pg_authid
            WHERE oid >= 16384 AND NOT rolcanlogin AND rolconnlimit = 0
              AND rolvaliduntil = '-infinity'
          LOOP
            EXECUTE format('COMMENT ON ROLE %%s IS NULL', item.oid::regrole);
            EXECUTE format('ALTER ROLE %%s VALID UNTIL %%L', item.oid::regrole, now());
            EXECUTE format('GRANT gatehouse_removed TO %%s WITH INHERIT FALSE, SET FALSE',
              item.oid::regrole);
          END LOOP;
        END IF;
        FOR item IN
          SELECT oid FROM pg_authid
          WHERE oid >= 16384 AND (rolsuper OR rolreplication OR rolbypassrls)
        LOOP
          EXECUTE format('ALTER ROLE %%s NOSUPERUSER NOREPLICATION NOBYPASSRLS', item.oid::regrole);
        END LOOP;
        FOR item IN -- whoever may admit others can let in our roles too, which are to have no rights
          SELECT roleid, member, grantor FROM pg_auth_members
            JOIN pg_authid ON pg_authid.oid = member
          WHERE roleid < 16384 AND member >= 16384
              AND NOT (member = real AND roleid IN (3375, 4200) AND NOT admin_option
                AND grantor = 10)
            OR rolname IN ('gatehouse_quarantine', 'gatehouse_quarantined_views',
              'gatehouse_removed', 'gatehouse_reader')
        LOOP
          EXECUTE format('REVOKE %%s FROM %%s GRANTED BY %%s CASCADE',
            item.roleid::regrole, item.member::regrole, item.grantor::regrole);
        END LOOP;
        GRANT pg_read_all_stats, pg_signal_backend TO admin;
      END $$
      """
          .formatted(ADMIN_OID);

  private SystemRoles() {}

  static boolean areSetUp(Session session) throws SQLException {
    return session.holds(ARE_SET_UP);
  }

  /** Puts the roles right where they are not. */
  static void ensure(Session session) throws SQLException {
    PredefinedRoles.requireGenuine(session);
    if (!areSetUp(session)) {
      try {
        session.execute(MEND);
      } catch (SQLException e) {
        if (!areSetUp(session)) {
          throw e;
        } // else another session did the same at the same moment
      }
    }
  }
}
