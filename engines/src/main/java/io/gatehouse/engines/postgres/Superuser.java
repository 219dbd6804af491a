package io.gatehouse.engines.postgres;

import io.gatehouse.platform.secret.Secret;
import java.sql.SQLException;

/** The superuser of each PostgreSQL, which only the control plane is. */
final class Superuser {
  static final String NAME = "gatehouse";

  private static final String SET_PASSWORD = "ALTER ROLE gatehouse PASSWORD ";

  private Superuser() {}

  /**
   * Makes sure that the superuser has its own secret, which a copy of the template has not.
   *
   * @param sessions with its own secret, as they are to be
   * @param fresh whether the copy was made just now, so that looking first would be idle
   */
  static void ensure(Sessions sessions, Secret templates, boolean fresh) {
    if (fresh || !opens(sessions)) {
      String change = SET_PASSWORD + SqlText.verifier(sessions.superuser());
      new Sessions(sessions.endpoint(), templates, sessions.patience())
          .run(Sessions.MAINTENANCE, session -> session.execute(change));
    }
  }

  /** False if the secret is wrong. */
  static boolean opens(Sessions sessions) {
    try (Session session = sessions.open(Sessions.MAINTENANCE)) {
      return session.holds("SELECT true");
    } catch (SQLException e) {
      if (SqlState.WRONG_PASSWORD.isOf(e)) {
        return false;
      }
      throw SqlState.failure(e);
    }
  }
}
