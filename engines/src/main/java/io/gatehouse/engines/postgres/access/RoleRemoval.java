package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.UserRemoval;
import io.gatehouse.engines.UserRemoval.ReviewItem;
import io.gatehouse.engines.UserRemoval.State;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.Session.Work;
import io.gatehouse.engines.postgres.sql.SqlState;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes a role away, in the order that counts: access first, tidiness second, proof last.
 *
 * <p>An attempt goes through all steps and does as much as can be done now. Where something stands
 * in the way it says what, and the next attempt goes on. How far a removal is stands in the cluster
 * itself, so nothing is lost when the control plane or the cluster ends in between.
 */
final class RoleRemoval {
  /** What takes the access away, at once and before anything else. */
  private static final RemovalStep DOOR = new CloseDoor();

  private static final RemovalStep SESSIONS = new EndSessions();

  /** What remains to be done when access is gone; rights are seen before they are taken. */
  private final List<RemovalStep> remaining =
      List.of(
          new RollBackPrepared(),
          new KeepMemberships(),
          new QuarantineSubscriptions(),
          new CleanDatabases(false),
          new RevokeMemberships(),
          new CleanDatabases(true));

  private static final RemovalStep DROP = new DropRole();

  private static final String EXISTS = "SELECT EXISTS (SELECT FROM pg_authid WHERE oid = :role)";

  private static final String SINCE =
      """
      SELECT rolvaliduntil FROM pg_authid
      WHERE oid = :role AND isfinite(rolvaliduntil) AND EXISTS (
        SELECT FROM pg_auth_members WHERE member = :role
          AND roleid = (SELECT oid FROM pg_authid AS removed
            WHERE removed.rolname = 'gatehouse_removed'))
      """;

  private static final String NOTES =
      """
      SELECT coalesce(one->>'kind', ''), coalesce(one->>'database', ''),
        coalesce(one->>'name', ''), coalesce(one->>'note', '')
      FROM jsonb_array_elements(shobj_description(:role, 'pg_authid')::jsonb->'review') AS one
      ORDER BY 2, 1, 3
      """;

  private static final String RESTARTED =
      """
      SELECT (shobj_description(:role, 'pg_authid')::jsonb->>'restarted')::timestamptz
      """;

  private static final String NOTE_RESTART =
      """
      DO $$
      DECLARE
        known jsonb := '{}';
      BEGIN
        BEGIN
          known := coalesce(shobj_description(:role, 'pg_authid'), '{}')::jsonb;
        EXCEPTION WHEN OTHERS THEN
          NULL; -- a comment of the user's own
        END;
        EXECUTE format('COMMENT ON ROLE %s IS %L', :role::oid::regrole,
          known || jsonb_build_object('restarted', ':now'));
      END $$
      """;

  private final Removal removal;

  RoleRemoval(Removal removal) {
    this.removal = removal;
  }

  /** The OID of the role. */
  long role() {
    return removal.oid();
  }

  /** When the removal of a role began, if it has begun. */
  static Optional<Instant> began(Session session, long oid) throws SQLException {
    return session.first(
        SINCE.replace(":role", Long.toString(oid)), row -> row.getTimestamp(1).toInstant());
  }

  /**
   * Takes the access away.
   *
   * @return how the removal stands; {@link State#CLEANING_UP} once access is gone
   */
  UserRemoval takeAccess() {
    return removal.cluster().revoke(this::takeAccess);
  }

  private UserRemoval takeAccess(Session session) throws SQLException {
    if (!session.holds(removal.sql(EXISTS))) {
      return done(List.of(), Optional.empty());
    }
    Optional<String> door = DOOR.run(session, removal);
    Optional<String> sessions = SESSIONS.run(session, removal);
    if (door.isPresent()) {
      new RollBackPrepared()
          .run(session, removal); // the role can have prepared what holds its lock
      return status(session, State.SHUTTING_OUT, door);
    }
    return sessions.isPresent()
        ? status(session, State.ENDING_SESSIONS, sessions)
        : status(session, State.CLEANING_UP, Optional.empty());
  }

  /** Takes the access away, and does the rest as far as it goes now. */
  UserRemoval attempt() {
    UserRemoval access = takeAccess();
    if (access.state() != State.CLEANING_UP) {
      return access;
    }
    try {
      return removal.cluster().maintain(this::takeRemains);
    } catch (EngineException e) {
      return status(State.CLEANING_UP, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private UserRemoval takeRemains(Session session) throws SQLException {
    SystemRoles.ensure(session); // the user could change them until a moment ago
    Optional<String> blocker = run(remaining, session);
    UserRemoval cleaned = status(session, State.CLEANING_UP, blocker);
    if (blocker.isPresent()) {
      return cleaned;
    }
    Optional<String> last = DROP.run(session, removal); // and with the role, what was noted at it
    return last.isPresent()
        ? status(session, State.CLEANING_UP, last)
        : done(cleaned.review(), cleaned.restartedAt());
  }

  private UserRemoval done(List<ReviewItem> review, Optional<Instant> restartedAt) {
    return new UserRemoval(State.DONE, removal.since(), Optional.empty(), restartedAt, review);
  }

  private Optional<String> run(List<RemovalStep> steps, Session session) throws SQLException {
    for (RemovalStep step : steps) {
      Optional<String> blocker = step.run(session, removal);
      if (blocker.isPresent()) {
        return blocker;
      }
    }
    return Optional.empty();
  }

  /** How the removal stands, with what was noted so far. */
  UserRemoval status(State state, Optional<String> blocker) {
    return removal.cluster().revoke(session -> status(session, state, blocker));
  }

  UserRemoval status(Session session, State state, Optional<String> blocker) throws SQLException {
    return new UserRemoval(state, removal.since(), blocker, restarted(session), notes(session));
  }

  /** Notes in the catalog that the cluster is restarted for this removal. */
  void noteRestart() {
    removal
        .cluster()
        .revoke(
            session -> {
              session.execute(removal.sql(NOTE_RESTART).replace(":now", removal.now().toString()));
              return true;
            });
  }

  private List<ReviewItem> notes(Session session) throws SQLException {
    return readable(
        session,
        List.of(),
        open ->
            open.query(
                removal.sql(NOTES),
                row ->
                    new ReviewItem(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4))));
  }

  private Optional<Instant> restarted(Session session) throws SQLException {
    return readable(
        session,
        Optional.empty(),
        open ->
            Optional.ofNullable(
                    open.query(removal.sql(RESTARTED), row -> row.getTimestamp(1)).getFirst())
                .map(Timestamp::toInstant));
  }

  /** The role's comment can be one of a user, which is no JSON, or other JSON. */
  private static <T> T readable(Session session, T otherwise, Work<T> work) throws SQLException {
    try {
      return work.in(session);
    } catch (SQLException e) {
      if (SqlState.isConnectionFailure(e)) {
        throw e;
      }
      return otherwise;
    }
  }
}
