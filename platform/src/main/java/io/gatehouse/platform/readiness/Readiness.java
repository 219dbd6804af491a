package io.gatehouse.platform.readiness;

import io.gatehouse.platform.readiness.ReadinessReport.Check;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all checks. Whoever asks while others do gets the same report, and so does whoever asks
 * right after them: {@code /readyz} needs no key, and must not be a way to keep the store busy.
 */
public final class Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private static final Duration MAX_AGE = Duration.ofMillis(100);

  private final List<ReadinessCheck> checks;
  private final Clock clock;
  private @Nullable ReadinessReport last;
  private Instant checkedAt = Instant.EPOCH;

  public Readiness(List<ReadinessCheck> checks, Clock clock) {
    this.checks = List.copyOf(checks);
    this.clock = clock;
  }

  /** How all checks stand now, or stood a moment ago. */
  public synchronized ReadinessReport report() {
    ReadinessReport known = last;
    Duration age = Duration.between(checkedAt, clock.instant());
    if (known != null && !age.isNegative() && age.compareTo(MAX_AGE) < 0) {
      return known;
    }
    ReadinessReport fresh = ReadinessReport.of(checks.stream().map(Readiness::ask).toList());
    last = fresh;
    checkedAt = clock.instant();
    return fresh;
  }

  private static Check ask(ReadinessCheck check) {
    try {
      return Check.of(check.name(), check.status());
    } catch (RuntimeException e) { // its message may say more than anyone may know
      LOG.warn("the readiness check '{}' failed", check.name(), e);
      return Check.of(check.name(), ReadinessStatus.notReady("the check failed; see the log"));
    }
  }
}
