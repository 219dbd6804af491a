package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import java.sql.SQLException;
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
    for (long database : databases) {
      Optional<Optional<String>> done =
          OpenDatabase.in(
              session,
              removal.cluster(),
              database,
              inside -> new DatabaseCleanup(inside, removal).quarantineSubscriptions());
      Optional<String> blocker =
          done.orElse(Optional.of("The database with OID " + database + " cannot be opened"));
      if (blocker.isPresent()) {
        return blocker;
      }
    }
    return Optional.empty();
  }
}
