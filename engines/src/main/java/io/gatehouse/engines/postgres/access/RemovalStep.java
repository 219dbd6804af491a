package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One step of taking a role away. Idempotent: it may be run again from any point, and does nothing
 * where nothing is left for it.
 */
@FunctionalInterface
interface RemovalStep {
  /**
   * @param session in the maintenance database
   * @return what keeps the step from being done, fit for a person; empty once it is done
   */
  Optional<String> run(Session session, Removal removal) throws SQLException;
}
