package io.gatehouse.engines;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the removal of a SQL user stands.
 *
 * @param since when the user was shut out first
 * @param blocker what keeps the removal from going on, fit for a person; it is tried again by
 *     itself
 * @param restartedAt when the cluster was restarted because a session of the user did not end
 * @param review what the user left that a person should look at
 */
public record UserRemoval(
    State state,
    Instant since,
    Optional<String> blocker,
    Optional<Instant> restartedAt,
    List<ReviewItem> review) {

  /** What is done and what is left. */
  public enum State {
    /** Something keeps the role from being changed; its sessions are ended meanwhile. */
    SHUTTING_OUT,
    /** The user can no longer log in; sessions of it are being ended. */
    ENDING_SESSIONS,
    /** The user has no access any more; what it owned and passed on is being handed over. */
    CLEANING_UP,
    /** Nothing of the user is left, and that was read back. */
    DONE
  }

  /**
   * Something that works on after its maker has gone.
   *
   * @param kind for instance {@code view}, {@code function}, {@code trigger}
   * @param database where it is; empty for what belongs to the whole cluster
   * @param name as SQL names it
   * @param note what was done with it, or why it is worth a look
   */
  public record ReviewItem(String kind, String database, String name, String note) {}
}
