package io.gatehouse.directory.gateway;

import io.gatehouse.directory.gateway.Outcome.Answered;
import io.gatehouse.directory.gateway.Outcome.TimedOut;
import io.gatehouse.directory.gateway.Outcome.TooLarge;
import io.gatehouse.directory.gateway.Outcome.Unreachable;
import io.gatehouse.platform.error.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * Reads again what failed for a reason that passes: the rate limit, an upstream that is not ready,
 * a broken connection. It waits as long as the upstream asks for, but not beyond the deadline. What
 * the asker tolerates is an answer, and a call that took all its time is not given it again.
 */
final class Retry implements Step {
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Set<Integer> PASSING = Set.of(502, 503, 504);

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
      if (attempt == ATTEMPTS || !mayPass(call, outcome)) {
        return outcome;
      }
      Duration pause = pauseAfter(call, outcome, attempt);
      if (time.nanos() + pause.toNanos() > call.deadline()) {
        return outcome;
      }
      pause(call, pause);
    }
  }

  private static boolean mayPass(UpstreamCall call, Outcome outcome) {
    return switch (outcome) {
      case Answered(int status, var headers, var body) ->
          !call.request().tolerated().contains(status)
              && (PASSING.contains(status) || status == call.connector().rateLimit().status());
      case Unreachable unreachable -> true;
      case TimedOut timedOut -> false;
      case TooLarge tooLarge -> false;
    };
  }

  private Duration pauseAfter(UpstreamCall call, Outcome outcome, int attempt) {
    Duration usual = FIRST_PAUSE.multipliedBy(1L << (attempt - 1));
    return outcome instanceof Answered answered
        ? RetryAfter.of(call.connector(), answered, clock).orElse(usual)
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
