package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.UserRemoval;
import io.gatehouse.engines.UserRemoval.State;
import io.gatehouse.engines.postgres.sql.CatalogName;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.SqlState;
import java.sql.SQLException;
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
          CleanDatabases.whileInGroups(),
          new RevokeMemberships(),
          CleanDatabases.toTheEnd());

  private static final RemovalStep DROP = new DropRole();

  private static final String EXISTS = "SELECT EXISTS (SELECT FROM pg_authid WHERE oid = :role)";

  private final Removal removal;

  RoleRemoval(Removal removal) {
    this.removal = removal;
  }

  /** The role that is taken away. */
  CatalogName role() {
    return removal.role();
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
      return done(session);
    }
    try {
      return takeAccessOfRole(session);
    } catch (SQLException e) {
      if (!SqlState.isConnectionFailure(e) && !session.holds(removal.sql(EXISTS))) {
        return done(session); // another removal of it ended at this moment
      }
      throw e;
    }
  }

  private UserRemoval takeAccessOfRole(Session session) throws SQLException {
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
    if (blocker.isEmpty()) {
      blocker = DROP.run(session, removal);
    }
    return blocker.isPresent() ? status(session, State.CLEANING_UP, blocker) : done(session);
  }

  private UserRemoval done(Session session) throws SQLException {
    return FinishedRemovals.find(session, removal.role().oid())
        .orElseGet(
            () ->
                new UserRemoval(
                    State.DONE, removal.since(), Optional.empty(), Optional.empty(), List.of()));
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

  /** How the removal stands, as the cluster has it. */
  UserRemoval status(Optional<String> blocker) {
    return removal.cluster().revoke(session -> status(session, blocker));
  }

  /** The same, in a session that is open. */
  UserRemoval status(Session session, Optional<String> blocker) throws SQLException {
    State state =
        !CloseDoor.isClosed(session, removal)
            ? State.SHUTTING_OUT
            : EndSessions.areLeft(session, removal) ? State.ENDING_SESSIONS : State.CLEANING_UP;
    return status(session, state, blocker);
  }

  /** How the removal stands, with what was noted so far. */
  UserRemoval status(State state, Optional<String> blocker) {
    return removal.cluster().revoke(session -> status(session, state, blocker));
  }

  private UserRemoval status(Session session, State state, Optional<String> blocker)
      throws SQLException {
    return new UserRemoval(
        state,
        removal.since(),
        blocker,
        RemovalNotes.restarted(session, removal),
        RemovalNotes.review(session, removal));
  }

  /** Notes that the cluster begins to be restarted for this removal. */
  void noteRestarting() {
    removal
        .cluster()
        .revoke(
            session -> {
              RemovalNotes.noteRestarting(session, removal);
              return true;
            });
  }
}
