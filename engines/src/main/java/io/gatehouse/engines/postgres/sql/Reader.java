package io.gatehouse.engines.postgres.sql;

import io.gatehouse.platform.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The role with which the control plane looks into databases of users: it has no rights, so nothing
 * that waits there for a superuser finds one. Its secret derives from the superuser's.
 */
final class Reader {
  static final String NAME = "gatehouse_reader";

  /** Owners can give a database settings that hold for whoever connects to it. */
  static final String OVERRULING =
      "-c role=none -c search_path=pg_catalog -c transaction_timeout=0"
          + " -c idle_session_timeout=0 -c default_transaction_read_only=on"
          + " -c standard_conforming_strings=on -c local_preload_libraries=";

  private static final int SALT_BYTES = 16;
  private static final int MAX_ATTEMPTS = 5;
  private static final String LOCK = "SELECT " + AdvisoryLock.READER.take();

  private Reader() {}

  static Secret secret(Secret superuser) {
    byte[] derived = derived(superuser, NAME);
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(derived));
  }

  private static byte[] derived(Secret secret, String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** Whether the role has another secret yet, or its right to connect was revoked. */
  static boolean lacksAccess(SQLException failure) {
    return SqlState.WRONG_PASSWORD.isOf(failure) || SqlState.NO_RIGHT.isOf(failure);
  }

  /** Lets the role into a database, with its secret. In the maintenance database. */
  static void admit(Session session, Secret superuser, long database) throws SQLException {
    prepare(session, superuser);
    for (int attempt = 1; ; attempt++) {
      try {
        letIn(session, database);
        return;
      } catch (SQLException e) {
        if (attempt == MAX_ATTEMPTS || !isConflict(e)) {
          throw e;
        }
      }
    }
  }

  /** Does nothing if the database is gone. */
  private static void letIn(Session session, long database) throws SQLException {
    session.execute(
        """
        DO $$
        DECLARE
          name text := (SELECT datname FROM pg_database WHERE oid = %d);
        BEGIN
          IF name IS NOT NULL THEN
            EXECUTE format('GRANT CONNECT ON DATABASE %%I TO gatehouse_reader', name);
          END IF;
        END $$
        """
            .formatted(database));
  }

  /**
   * Gives the role its secret unless it has it. In the maintenance database, where nobody else can
   * take the lock; callers take turns, since PostgreSQL fails two that change one role at once.
   */
  static void prepare(Session session, Secret superuser) throws SQLException {
    session.together(
        open -> {
          open.query(LOCK, row -> "");
          setSecret(open, superuser);
          return true;
        });
  }

  /** The salt derives from the secret too, so that the same secret has the same verifier. */
  private static void setSecret(Session session, Secret superuser) throws SQLException {
    Secret secret = secret(superuser);
    byte[] salt = Arrays.copyOf(derived(secret, "salt"), SALT_BYTES);
    String verifier = SqlText.verifier(secret, salt);
    boolean lacksSecret =
        session.holds(
            """
            SELECT NOT EXISTS (
              SELECT FROM pg_authid WHERE rolname = 'gatehouse_reader' AND rolpassword = %s)
            """
                .formatted(verifier));
    if (lacksSecret) {
      session.execute("ALTER ROLE gatehouse_reader PASSWORD " + verifier);
    }
  }

  /** Someone changed the name or the rights of the database at the same moment. */
  private static boolean isConflict(SQLException failure) {
    return SqlState.INTERNAL_ERROR.isOf(failure) || SqlState.NO_SUCH_DATABASE.isOf(failure);
  }
}
