package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.CatalogName;
import io.gatehouse.engines.postgres.sql.Sessions;
import java.time.Duration;
import java.time.Instant;

/**
 * A role that is being taken away.
 *
 * @param cluster opens the sessions in its databases
 * @param role found by its OID, whatever it is called
 * @param since when its removal began
 * @param now the time of this attempt
 */
record Removal(Sessions cluster, CatalogName role, Instant since, Instant now) {

  boolean isOlderThan(Duration age) {
    return !now.isBefore(since.plus(age));
  }

  /**
   * Puts the OID into SQL in place of each {@code :role}, a number, so nothing to quote, and that
   * of {@code admin} in place of each {@code :admin}.
   */
  String sql(String text) {
    return text.replace(":role", Long.toString(role.oid()))
        .replace(":admin", SystemRoles.ADMIN_OID);
  }
}
