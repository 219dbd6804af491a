package io.gatehouse.server;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what happens by itself, as short as possible and not for ever. */
final class Await {
  private static final long TIMEOUT_NANOS = 60_000_000_000L;
  private static final long PAUSE_NANOS = 5_000_000L;

  private Await() {}

  /** Looks again and again until what it sees is right. */
  static <T> T until(Supplier<T> look, Predicate<T> right) {
    long deadline = System.nanoTime() + TIMEOUT_NANOS;
    T seen = look.get();
    while (!right.test(seen)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come about; last seen: " + seen);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      seen = look.get();
    }
    return seen;
  }
}
