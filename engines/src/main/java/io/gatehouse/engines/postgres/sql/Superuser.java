package io.gatehouse.engines.postgres.sql;

import io.gatehouse.platform.secret.Secret;
import java.sql.SQLException;

/** The superuser of each PostgreSQL, which only the control plane is. */
public final class Superuser {
  public static final String NAME = "gatehouse";

  private static final String SET_PASSWORD = "ALTER ROLE gatehouse PASSWORD ";

  private Superuser() {}

  /**
   * Makes sure that the superuser has its own secret, which a copy of the template has not.
   *
   * @param sessions with its own secret, as they are to be
   * @param fresh whether the copy was made just now, so that looking first would be idle
   */
  public static void ensure(Sessions sessions, Secret templates, boolean fresh) {
    if (fresh || !sessions.areOpenWith()) {
      String change = SET_PASSWORD + SqlText.verifier(sessions.superuser());
      sessions.as(templates).maintain(session -> execute(session, change));
    }
  }

  private static boolean execute(Session session, String sql) throws SQLException {
    session.execute(sql);
    return true;
  }
}
