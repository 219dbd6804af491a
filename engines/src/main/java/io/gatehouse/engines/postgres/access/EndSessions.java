package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.postgres.sql.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends the sessions of the role, and of those that could act as it when they began: all of them are
 * told at once, and then waited for together.
 */
final class EndSessions implements RemovalStep {
  private static final Duration MAX_WAIT = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(3);

  private static final String ITS_SESSIONS =
      """
      SELECT pid FROM pg_stat_activity
      WHERE pid <> pg_backend_pid() AND (usesysid = :role
        OR usesysid IN (
            SELECT acting::bigint::oid FROM jsonb_array_elements_text(:notes->'acting') AS acting)
          AND backend_start < (:notes->>'closed')::timestamptz)
      """
          .replace(":notes", RemovalNotes.NOTES);

  private static final String TELL =
      "SELECT pg_terminate_backend(pid) FROM (" + ITS_SESSIONS + ") AS its";

  /**
   * Slots have no owner; the one that a connection of the role used is known only while it does.
   */
  private static final String ITS_SLOTS =
      """
      SELECT slot_name::text FROM pg_replication_slots
      WHERE active_pid IN (SELECT pid FROM pg_stat_activity WHERE usesysid = :role)
      """;

  private static final String DROP_SLOT =
      """
      SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
      WHERE slot_name = ? AND NOT active
      """;

  @Override
  public Optional<String> run(Session session, Removal removal) throws SQLException {
    List<String> slots = session.query(removal.sql(ITS_SLOTS), row -> row.getString(1));
    List<Long> left = endAll(session, removal);
    if (!left.isEmpty()) {
      return Optional.of(
          "%d sessions of the user do not end, for instance process %d"
              .formatted(left.size(), left.getFirst()));
    }
    for (String slot : slots) {
      session.query(DROP_SLOT, row -> "", slot);
    }
    return Optional.empty();
  }

  /** Whether the role has sessions. */
  static boolean areLeft(Session session, Removal removal) throws SQLException {
    return session.holds(removal.sql("SELECT EXISTS (" + ITS_SESSIONS + ")"));
  }

  private static List<Long> endAll(Session session, Removal removal) throws SQLException {
    long deadline = System.nanoTime() + MAX_WAIT.toNanos();
    String tell = removal.sql(TELL);
    String its = removal.sql(ITS_SESSIONS);
    List<Long> left = session.query(its, row -> row.getLong(1));
    while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
      session.query(tell, row -> row.getBoolean(1));
      LockSupport.parkNanos(PAUSE.toNanos());
      left = session.query(its, row -> row.getLong(1));
    }
    return left;
  }
}
