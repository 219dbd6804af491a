package io.gatehouse.platform.reconcile;

import java.time.Duration;

/** How things stand after a reconciler has worked on one of them. */
public sealed interface Outcome {
  /** It is as it is wanted, and that was read back. */
  record Settled() implements Outcome {}

  /** It is to be looked at again after a while. */
  record Again(Duration after) implements Outcome {}

  static Outcome settled() {
    return new Settled();
  }

  static Outcome again(Duration after) {
    return new Again(after);
  }
}
