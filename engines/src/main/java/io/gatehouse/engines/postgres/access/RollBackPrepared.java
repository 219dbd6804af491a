package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.Sessions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rolls back the transactions that the role prepared and nobody finished. A coordinator is given
 * some time to finish them.
 */
final class RollBackPrepared implements RemovalStep {
  private static final Logger LOG = LoggerFactory.getLogger(RollBackPrepared.class);
  private static final Duration GRACE = Duration.ofSeconds(60);

  private static final String PREPARED =
      """
      SELECT dbid::bigint, quote_literal(gid) FROM pg_prepared_xact() AS prepared
      WHERE ownerid = :role
      """;

  /** Of roles that are gone; nobody could be asked any more. */
  private static final String ORPHANS =
      """
      SELECT dbid::bigint, quote_literal(gid) FROM pg_prepared_xact() AS orphan
      WHERE NOT EXISTS (SELECT FROM pg_authid WHERE oid = ownerid)
        AND prepared < now() - interval '60 s'
      """;

  private record Prepared(long database, String gid) {}

  @Override
  public Optional<String> run(Session session, Removal removal) throws SQLException {
    List<Prepared> prepared = read(session, removal.sql(PREPARED));
    if (prepared.isEmpty()) {
      return Optional.empty();
    }
    if (!removal.isOlderThan(GRACE)) {
      return Optional.of(
          "%d prepared transactions of the user are not finished, for instance %s; they are rolled"
                  .formatted(prepared.size(), prepared.getFirst().gid())
              + " back %d s after the removal began".formatted(GRACE.toSeconds()));
    }
    Optional<String> failure = rollBack(session, removal.cluster(), prepared);
    return read(session, removal.sql(PREPARED)).isEmpty()
        ? Optional.empty()
        : Optional.of(
            "A prepared transaction of the user cannot be rolled back: " + failure.orElse(""));
  }

  /** Rolls back what roles have left that are gone. */
  static void rollBackOrphans(Session session, Sessions cluster) throws SQLException {
    rollBack(session, cluster, read(session, ORPHANS))
        .ifPresent(failure -> LOG.warn("a prepared transaction is not rolled back: {}", failure));
  }

  /** One that cannot be rolled back does not keep the others; says why the last one was not. */
  private static Optional<String> rollBack(
      Session session, Sessions cluster, List<Prepared> prepared) throws SQLException {
    Optional<String> failure = Optional.empty();
    for (Prepared one : prepared) {
      try {
        OpenDatabase.in(
            session,
            cluster,
            one.database(),
            inside -> {
              inside.execute("ROLLBACK PREPARED " + one.gid());
              return true;
            });
      } catch (EngineException e) {
        failure = Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return failure;
  }

  private static List<Prepared> read(Session session, String sql) throws SQLException {
    return session.query(sql, row -> new Prepared(row.getLong(1), row.getString(2)));
  }
}
