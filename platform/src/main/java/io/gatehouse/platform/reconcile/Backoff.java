package io.gatehouse.platform.reconcile;

import java.time.Duration;

/** How long to wait after so many failures: doubling up to a cap, and never giving up. */
public record Backoff(Duration first, Duration most) {
  private static final int MAX_DOUBLINGS = 30;

  public Duration after(int failures) {
    long doubled = first.toMillis() << Math.min(Math.max(failures - 1, 0), MAX_DOUBLINGS);
    return doubled > most.toMillis() ? most : Duration.ofMillis(doubled);
  }
}
