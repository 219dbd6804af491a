package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.SqlUser;
import io.gatehouse.engines.UserRemoval;
import io.gatehouse.engines.UserRemoval.ReviewItem;
import io.gatehouse.engines.UserRemoval.State;
import io.gatehouse.engines.postgres.sql.AdvisoryLock;
import io.gatehouse.engines.postgres.sql.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Removals that are done, with their reviews, until the control plane has recorded them. They stand
 * in the comment of {@code gatehouse_removed}, where each comes in the transaction that drops its
 * role: what is gone cannot be asked any more.
 */
final class FinishedRemovals {
  /** An expression: all of them. */
  private static final String ALL =
      """
      coalesce(shobj_description('gatehouse_removed'::regrole, 'pg_authid'), '[]')::jsonb""";

  private static final String LOCK = AdvisoryLock.FINISHED_REMOVALS.take();

  /** A name can hold anything, so it comes to a statement by a setting. */
  private static final String SET_NAME = "SELECT set_config('gatehouse.user', ?, false)";

  private static final String DROP =
      """
      DO $$
      BEGIN
        SET LOCAL lock_timeout = '1s';
        PERFORM :lock;
        EXECUTE format('COMMENT ON ROLE gatehouse_removed IS %L', :all || jsonb_build_object(
          'role', :role, 'user', current_setting('gatehouse.user'), 'since', ':since', 'restarted', (:restarted),
          'review', coalesce(:notes->'review', '[]')));
        EXECUTE format('DROP ROLE %s', :role::oid::regrole);
      END $$
      """;

  private static final String LIST =
      """
      SELECT one->>'user', one->>'since', (one->>'restarted')::timestamptz, one->'review', one->'role'
      FROM jsonb_array_elements(:all) WITH ORDINALITY AS removals (one, place) ORDER BY place
      """
          .replace(":all", ALL);

  private static final String REVIEW =
      "SELECT "
          + RemovalNotes.REVIEW_ITEM
          + " FROM jsonb_array_elements(?::jsonb) AS one"
          + " ORDER BY 2, 1, 3";

  private static final String FORGET =
      """
      DO $$ BEGIN
        SET LOCAL synchronous_commit = off; -- if a crash loses this, it is told once more
        PERFORM :lock;
        EXECUTE format('COMMENT ON ROLE gatehouse_removed IS %L', (
          SELECT coalesce(jsonb_agg(one ORDER BY place), '[]')
          FROM jsonb_array_elements(:all) WITH ORDINALITY AS removals (one, place)
          WHERE NOT (one->>'user' = current_setting('gatehouse.user') AND one->>'since' = ':since')));
      END $$
      """;

  private record Entry(
      long role, String user, Instant since, Optional<Instant> restarted, String review) {

    static Entry of(ResultSet row) throws SQLException {
      return new Entry(
          row.getLong(5),
          row.getString(1),
          Instant.parse(row.getString(2)),
          Optional.ofNullable(row.getTimestamp(3)).map(Timestamp::toInstant),
          row.getString(4));
    }

    UserRemoval removal(Session session) throws SQLException {
      List<ReviewItem> items = session.query(REVIEW, RemovalNotes::item, review);
      return new UserRemoval(State.DONE, since, Optional.empty(), restarted, items);
    }
  }

  private FinishedRemovals() {}

  /** Drops the role and puts its removal here, both or none. */
  static void drop(Session session, Removal removal) throws SQLException {
    session.query(SET_NAME, row -> "", removal.role().shown());
    session.execute(
        removal.sql(
            DROP.replace(":all", ALL)
                .replace(":lock", LOCK)
                .replace(":notes", RemovalNotes.NOTES)
                .replace(":since", removal.since().toString())
                .replace(":restarted", RemovalNotes.RESTARTED)));
  }

  /** Those that were not forgotten, the oldest first. */
  static List<SqlUser> list(Session session) throws SQLException {
    List<SqlUser> users = new ArrayList<>();
    for (Entry entry : session.query(LIST, Entry::of)) {
      users.add(new SqlUser(entry.user(), Optional.of(entry.removal(session))));
    }
    return users;
  }

  /** That of a role, unless it was forgotten. */
  static Optional<UserRemoval> find(Session session, long role) throws SQLException {
    for (Entry entry : session.query(LIST, Entry::of)) {
      if (entry.role() == role) {
        return Optional.of(entry.removal(session));
      }
    }
    return Optional.empty();
  }

  /** Forgets one that is recorded elsewhere. */
  static void forget(Session session, SqlUser user) throws SQLException {
    session.query(SET_NAME, row -> "", user.name());
    session.execute(
        FORGET
            .replace(":all", ALL)
            .replace(":lock", LOCK)
            .replace(":since", user.removal().orElseThrow().since().toString()));
  }
}
