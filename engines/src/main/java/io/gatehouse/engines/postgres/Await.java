package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The one place that waits: for things of other processes that nobody announces. */
final class Await {
  private static final long FIRST_PAUSE = Duration.ofMillis(1).toNanos();
  private static final long MAX_PAUSE = Duration.ofMillis(20).toNanos();

  private Await() {}

  /** Looks again and again until the condition holds; false if it did not within the time. */
  static boolean until(Duration atMost, BooleanSupplier condition) {
    long deadline = System.nanoTime() + atMost.toNanos();
    long pause = FIRST_PAUSE;
    while (!condition.getAsBoolean()) {
      if (Thread.currentThread().isInterrupted()) {
        throw EngineException.passing("Interrupted while waiting for PostgreSQL", null);
      }
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(pause + pause / 4, MAX_PAUSE);
    }
    return true;
  }
}
