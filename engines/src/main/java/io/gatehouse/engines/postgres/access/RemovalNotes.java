package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.UserRemoval.ReviewItem;
import io.gatehouse.engines.postgres.sql.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a removal, as JSON in the comment of its role: once the role is shut out nobody
 * but the superuser can change that, and it lasts as long as the role does.
 *
 * <table>
 * <caption>Members</caption>
 * <tr><td>{@code acting}</td><td>OIDs of the roles that could act as it</td></tr>
 * <tr><td>{@code closed}</td><td>since when no new session can</td></tr>
 * <tr><td>{@code restarting}</td><td>when the cluster began to be restarted</td></tr>
 * <tr><td>{@code review}</td><td>what a person should look at</td></tr>
 * </table>
 */
final class RemovalNotes {
  /** An expression: the notes; of a role that is not marked as removed the comment is a user's. */
  static final String NOTES =
      """
      coalesce((SELECT shobj_description(member, 'pg_authid')::jsonb
        FROM pg_auth_members WHERE member = :role AND roleid = (
          SELECT oid FROM pg_authid WHERE rolname = 'gatehouse_removed') LIMIT 1), '{}')""";

  /** Columns of one item of a review, {@code one}. */
  static final String REVIEW_ITEM =
      """
      coalesce(one->>'kind', ''), coalesce(one->>'database', ''),
        coalesce(one->>'name', ''), coalesce(one->>'note', '')""";

  private static final String REVIEW =
      "SELECT "
          + REVIEW_ITEM
          + " FROM jsonb_array_elements("
          + NOTES
          + "->'review') AS one"
          + " ORDER BY 2, 1, 3";

  /**
   * Asks when the cluster was restarted; beginning does not suffice, it must have started since.
   */
  static final String RESTARTED =
      """
      SELECT (notes->>'restarting')::timestamptz FROM (SELECT :notes) AS removal (notes)
      WHERE pg_postmaster_start_time() >= (notes->>'restarting')::timestamptz
      """
          .replace(":notes", NOTES);

  private static final String NOTE_RESTARTING =
      """
      DO $$ BEGIN
        EXECUTE format('COMMENT ON ROLE %s IS %L', :role::oid::regrole,
          :notes || jsonb_build_object('restarting', clock_timestamp()));
      END $$
      """
          .replace(":notes", NOTES);

  private RemovalNotes() {}

  static List<ReviewItem> review(Session session, Removal removal) throws SQLException {
    return session.query(removal.sql(REVIEW), RemovalNotes::item);
  }

  /** From the columns of {@link #REVIEW_ITEM}. */
  static ReviewItem item(ResultSet row) throws SQLException {
    return new ReviewItem(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
  }

  /** When the cluster was restarted for this removal. */
  static Optional<Instant> restarted(Session session, Removal removal) throws SQLException {
    return session
        .first(removal.sql(RESTARTED), row -> row.getTimestamp(1))
        .map(Timestamp::toInstant);
  }

  static void noteRestarting(Session session, Removal removal) throws SQLException {
    session.execute(removal.sql(NOTE_RESTARTING));
  }
}
