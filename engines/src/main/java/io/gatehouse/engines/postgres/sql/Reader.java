package io.gatehouse.engines.postgres.sql;

import io.gatehouse.platform.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
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

  private Reader() {}

  static Secret secret(Secret superuser) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(superuser.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] derived = mac.doFinal(NAME.getBytes(StandardCharsets.UTF_8));
      return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(derived));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** Whether the role has another secret yet, or its right to connect was revoked. */
  static boolean lacksAccess(SQLException failure) {
    return SqlState.WRONG_PASSWORD.isOf(failure) || SqlState.NO_RIGHT.isOf(failure);
  }

  /** Gives the role its secret and lets it into a database. In the maintenance database. */
  static boolean admit(Session session, Secret superuser, long database) throws SQLException {
    session.executeTogether(
        List.of(
            "ALTER ROLE gatehouse_reader PASSWORD " + SqlText.verifier(secret(superuser)),
            """
            DO $$ BEGIN
              EXECUTE format('GRANT CONNECT ON DATABASE %%I TO gatehouse_reader',
                (SELECT datname FROM pg_database WHERE oid = %d));
            END $$
            """
                .formatted(database)));
    return true;
  }
}
