package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.postgres.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stops the subscriptions of the role. They come before everything else that it owns: handing that
 * over in one database would take the subscriptions of all others along.
 */
final class QuarantineSubscriptions implements RemovalStep {
  private static final String DATABASES =
      "SELECT DISTINCT subdbid::bigint FROM pg_subscription WHERE subowner = :role";

  @Override
  public Optional<String> run(Session session, Removal removal) throws SQLException {
    List<Long> databases = session.query(removal.sql(DATABASES), row -> row.getLong(1));
    List<String> blockers = new ArrayList<>();
    for (long database : databases) {
      quarantine(session, removal, database).ifPresent(blockers::add);
    }
    return blockers.stream().findFirst();
  }

  private static Optional<String> quarantine(Session session, Removal removal, long database)
      throws SQLException {
    try {
      return OpenDatabase.in(
              session,
              removal.cluster(),
              database,
              inside -> new DatabaseCleanup(inside, removal).quarantineSubscriptions())
          .orElse(Optional.of("The database with OID " + database + " cannot be opened"));
    } catch (EngineException e) {
      return Optional.of(e.getMessage() + ", in the database with OID " + database);
    }
  }
}
