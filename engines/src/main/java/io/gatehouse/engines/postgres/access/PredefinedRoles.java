package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.postgres.sql.Session;
import java.sql.SQLException;

/**
 * The roles that PostgreSQL 18 comes with. GRANT knows them by name only, so their names are
 * compared with their fixed OIDs before anything is granted or revoked.
 */
final class PredefinedRoles {
  /** The first OID of what is made after the installation. */
  static final long FIRST_USER_OID = 16384;

  private static final String MISNAMED =
      """
      SELECT string_agg(format('%s (%s)', known.name, known.oid), ', ')
      FROM (VALUES (10, 'gatehouse'),
          (3373, 'pg_monitor'), (3374, 'pg_read_all_settings'), (3375, 'pg_read_all_stats'),
          (3377, 'pg_stat_scan_tables'), (4200, 'pg_signal_backend'), (4544, 'pg_checkpoint'),
          (4550, 'pg_use_reserved_connections'), (4569, 'pg_read_server_files'),
          (4570, 'pg_write_server_files'), (4571, 'pg_execute_server_program'),
          (6171, 'pg_database_owner'), (6181, 'pg_read_all_data'), (6182, 'pg_write_all_data'),
          (6304, 'pg_create_subscription'), (6337, 'pg_maintain'),
          (6392, 'pg_signal_autovacuum_worker')) AS known (oid, name)
        LEFT JOIN pg_authid ON pg_authid.oid = known.oid::oid
      WHERE pg_authid.rolname IS DISTINCT FROM known.name
      """;

  private PredefinedRoles() {}

  /**
   * @throws EngineException if one of them has another name than PostgreSQL gave it
   */
  static void requireGenuine(Session session) throws SQLException {
    String misnamed = String.valueOf(session.query(MISNAMED, row -> row.getString(1)).getFirst());
    if (!misnamed.equals("null")) {
      throw EngineException.lasting(
          "Predefined roles of the cluster were renamed; nothing is granted or revoked until they"
              + " have their names again: "
              + misnamed,
          null);
    }
  }
}
