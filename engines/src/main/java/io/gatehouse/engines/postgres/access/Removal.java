package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Sessions;
import java.time.Duration;
import java.time.Instant;

/**
 * A role that is being taken away.
 *
 * @param cluster opens the sessions in its databases
 * @param oid of the role, which is how everything finds it
 * @param since when its removal began
 * @param now the time of this attempt
 */
record Removal(Sessions cluster, long oid, Instant since, Instant now) {

  boolean isOlderThan(Duration age) {
    return !now.isBefore(since.plus(age));
  }

  /**
   * Puts the OID into SQL in place of each {@code :role}, a number, so nothing to quote, and that
   * of {@code admin} in place of each {@code :admin}.
   */
  String sql(String text) {
    return text.replace(":role", Long.toString(oid)).replace(":admin", SystemRoles.ADMIN_OID);
  }
}
