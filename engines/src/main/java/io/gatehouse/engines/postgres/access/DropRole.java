package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import java.sql.SQLException;
import java.util.Optional;

/** Drops the role once nothing is left of it, and looks again afterwards. */
final class DropRole implements RemovalStep {
  private static final String EXISTS = "SELECT EXISTS (SELECT FROM pg_authid WHERE oid = :role)";

  private static final String DROP =
      """
      DO $$
      BEGIN
        SET LOCAL lock_timeout = '1s';
        EXECUTE format('DROP ROLE %s', :role::oid::regrole);
      END $$
      """;

  @Override
  public Optional<String> run(Session session, Removal removal) throws SQLException {
    Optional<String> left = Proof.left(session, removal);
    if (left.isEmpty() && session.holds(removal.sql(EXISTS))) {
      try {
        session.execute(removal.sql(DROP));
      } catch (SQLException e) {
        return Optional.of("The role cannot be dropped: " + e.getMessage());
      }
      left = Proof.left(session, removal);
    }
    return left.map(what -> "What is left of the user: " + what);
  }
}
