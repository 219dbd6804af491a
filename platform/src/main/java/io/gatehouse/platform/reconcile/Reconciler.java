package io.gatehouse.platform.reconcile;

import java.util.List;
import java.util.UUID;

/**
 * Makes one kind of outside thing agree with what is wanted of it. It compares what the rows want
 * with what it observes, acts in idempotent steps, reads back and records what it saw; it may be
 * called at any time, twice, and after a crash in the middle of itself.
 */
public interface Reconciler {
  /** Names the kind, and with it the table of its wake-ups: {@code platform.wake_<kind>}. */
  String kind();

  /** Brings one thing a step closer to what is wanted, or finds that it is there. */
  Outcome reconcile(UUID id);

  /**
   * What a sweep looks at: everything here that may not be as it is wanted, be it that a wake-up
   * was lost or that it changed by itself, and so also what was settled once and can break.
   */
  List<UUID> toLookAt();
}
