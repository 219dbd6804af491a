package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.SqlState;
import io.gatehouse.engines.postgres.sql.SqlText;
import java.sql.SQLException;

/**
 * The group role {@code admin}, found by its OID: its members can rename it at any moment, and give
 * its name to another role.
 */
public final class Administrators {
  private static final int MAX_ATTEMPTS = 5;

  private static final String NAME =
      "SELECT coalesce(%s::oid::regrole::text, 'admin')".formatted(SystemRoles.ADMIN_OID);

  private Administrators() {}

  /** What the group is called at this moment, in quotes where it needs them. */
  public static String name(Session session) throws SQLException {
    return session.first(NAME, row -> row.getString(1)).orElseThrow();
  }

  /** Makes the group the owner of a database that was made for it under its name. */
  public static void own(Session session, String database) throws SQLException {
    String sql =
        SqlText.block(
            """
            DECLARE
              real CONSTANT oid := %1$s;
            BEGIN
              IF EXISTS (SELECT FROM pg_database WHERE datname = %2$s AND datdba <> real) THEN
                EXECUTE format('ALTER DATABASE %%I OWNER TO %%s', %2$s, real::regrole);
              END IF;
            END
            """
                .formatted(SystemRoles.ADMIN_OID, SqlText.literal(database)));
    for (int attempt = 1; ; attempt++) {
      try {
        session.execute(sql);
        return;
      } catch (SQLException e) {
        if (attempt == MAX_ATTEMPTS || !wereChanged(e)) {
          throw e;
        }
      }
    }
  }

  /** Whether something failed because somebody changed the group at the same moment. */
  public static boolean wereChanged(SQLException failure) {
    return SqlState.NO_SUCH_ROLE.isOf(failure)
        || SqlState.DUPLICATE_ROLE.isOf(failure)
        || SqlState.UNIQUE_VIOLATION.isOf(failure)
        || SqlState.INTERNAL_ERROR.isOf(failure)
        || SqlState.SYNTAX_ERROR.isOf(failure);
  }

  /** Makes a role, by its OID, a member that may admit others. */
  static void admit(Session session, long role) throws SQLException {
    session.execute(
        """
        DO $$
        DECLARE
          real CONSTANT oid := %1$s;
          who CONSTANT oid := %2$d;
        BEGIN
          EXECUTE format('GRANT %%s TO %%s WITH ADMIN TRUE, INHERIT TRUE, SET TRUE',
            real::regrole, who::regrole);
          IF NOT EXISTS (SELECT FROM pg_auth_members WHERE roleid = real AND member = who) THEN
            RAISE EXCEPTION USING ERRCODE = 'undefined_object',
              MESSAGE = 'the group of the administrators was renamed';
          END IF;
        END $$
        """
            .formatted(SystemRoles.ADMIN_OID, role));
  }
}
