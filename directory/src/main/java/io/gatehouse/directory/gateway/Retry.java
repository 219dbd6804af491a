package io.gatehouse.directory.gateway;

import io.gatehouse.directory.gateway.Outcome.Answered;
import io.gatehouse.directory.gateway.Outcome.EndedEarly;
import io.gatehouse.directory.gateway.Outcome.TimedOut;
import io.gatehouse.directory.gateway.Outcome.TooLarge;
import io.gatehouse.directory.gateway.Outcome.Unreachable;
import io.gatehouse.platform.error.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * Reads again what failed for a reason that may pass: the rate limit, an upstream that is faulty or
 * not ready, a broken connection, and, once, a call that took all its time. It waits as long as the
 * upstream asks for, but not beyond the deadline. A status that the asker tolerates is no
 * exception: it is worth less than the answer that may come after it.
 */
final class Retry implements Step {
  private static final int ATTEMPTS = 4;
  private static final int ATTEMPTS_IN_VAIN = 2;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Set<Integer> PASSING = Set.of(500, 502, 503, 504);

  private final GatewayTime time;
  private final Clock clock;

  Retry(GatewayTime time, Clock clock) {
    this.time = time;
    this.clock = clock;
  }

  @Override
  public Outcome apply(UpstreamCall call, Rest rest) {
    for (int attempt = 1; ; attempt++) {
      Outcome outcome = rest.proceed(call);
      if (attempt >= attempts(call, outcome)) {
        return outcome;
      }
      Duration pause = pauseAfter(call, outcome, attempt);
      if (pause.compareTo(call.deadline().left()) > 0) {
        return outcome;
      }
      pause(call, pause);
    }
  }

  /** How often to try, all in all, when it ends like this. */
  private static int attempts(UpstreamCall call, Outcome outcome) {
    return switch (outcome) {
      case Answered(int status, var headers, var body) -> mayPass(call, status) ? ATTEMPTS : 1;
      case Unreachable unreachable -> ATTEMPTS;
      case EndedEarly endedEarly -> ATTEMPTS;
      case TimedOut timedOut -> ATTEMPTS_IN_VAIN;
      case TooLarge tooLarge -> 1;
    };
  }

  private static boolean mayPass(UpstreamCall call, int status) {
    return PASSING.contains(status) || status == call.connector().rateLimit().status();
  }

  /** As long as the upstream asks for, but never shorter than usual: it may say "at once". */
  private Duration pauseAfter(UpstreamCall call, Outcome outcome, int attempt) {
    Duration usual = FIRST_PAUSE.multipliedBy(1L << (attempt - 1));
    return outcome instanceof Answered answered
        ? RetryAfter.of(call.connector(), answered, clock)
            .filter(asked -> asked.compareTo(usual) > 0)
            .orElse(usual)
        : usual;
  }

  private void pause(UpstreamCall call, Duration pause) {
    try {
      time.pause(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ErrorCode.UNAVAILABLE.with("what", call.connector().label()).causedBy(e);
    }
  }
}
