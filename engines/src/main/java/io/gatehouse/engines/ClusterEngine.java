package io.gatehouse.engines;

import java.util.Set;
import java.util.UUID;

/**
 * Carries SQL clusters, each of them a real database of its own that outlives the control plane.
 *
 * <p>An engine keeps no wish and no history: callers say what they want as often as they like, and
 * after a crash at any point the same call finishes or undoes what was begun. All methods may be
 * called from many threads; two calls for one cluster take turns, except that a removal breaks off
 * whatever else is done with the cluster, and waits for no process of it. One directory (or
 * account, or whatever an engine lives in) belongs to one engine object at a time.
 */
public interface ClusterEngine {

  /** What this engine is able to do, for the documentation; no operation depends on it yet. */
  Capabilities capabilities();

  /** What is really there now. A cluster that is not there is an answer, never an exception. */
  Observed observe(UUID clusterId);

  /**
   * Brings a cluster to what is desired and returns once that is so.
   *
   * <p>Idempotent. {@link Presence#RUNNING} creates what is missing, so callers must not ask for it
   * when a cluster that they know to exist is observed as absent, unless an empty one is what they
   * want. {@link Presence#STOPPED} creates nothing. {@link Presence#ABSENT} leaves no piece behind.
   *
   * <p>A call that a removal broke off, and one of an earlier generation than has been seen, {@link
   * EngineException#hasYielded() yields}.
   *
   * @throws EngineException when it does not come about; unless it is permanent, call again later
   */
  void converge(UUID clusterId, Desired desired, Progress progress);

  /**
   * Administrative access to the users and databases of a cluster. Opens nothing yet; the cluster
   * is looked up at each call of what is returned.
   */
  SqlAdmin sql(UUID clusterId);

  /**
   * Every cluster of which any piece exists here: data, a half-made or half-removed copy, a
   * process.
   */
  Set<UUID> present();

  /** Ends every running cluster cleanly, several at a time, and returns when they have ended. */
  void stopAll();
}
