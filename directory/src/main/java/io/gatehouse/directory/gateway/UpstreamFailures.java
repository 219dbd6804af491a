package io.gatehouse.directory.gateway;

import io.gatehouse.directory.connector.Check;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.connector.RateLimit;
import io.gatehouse.directory.gateway.Outcome.Answered;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller is told when the upstream is at fault. Beside the message's own arguments each
 * carries {@code remote}, and {@code raw} with the upstream's body when it sent one that can be
 * shown.
 */
public final class UpstreamFailures {
  /** The argument that says that a failure came from the upstream. */
  public static final String REMOTE = "remote";

  /** The argument that holds the upstream's body: JSON, or text. */
  public static final String RAW = "raw";

  /** Told where a wrong address is the likely reason. */
  private static final String HINT = "; check context.base_url";

  /** Said to the caller as they are, if it is the API that says so and not something before it. */
  private static final Set<Integer> ABOUT_REQUEST = Set.of(400, 404, 409, 422);

  private UpstreamFailures() {}

  /** The upstream gave nothing that can be gone on with. */
  public static GatehouseException unusable(Connector connector, String reason) {
    return remote(
        ErrorCode.UPSTREAM_FAILED,
        connector,
        Map.of("message", UpstreamMessage.clean(reason)),
        Optional.empty());
  }

  /** There was no answer, and the address may be why. */
  static GatehouseException unreachable(Connector connector, String reason) {
    return unusable(connector, "it cannot be reached: " + reason + HINT);
  }

  static GatehouseException endedEarly(Connector connector) {
    return unusable(connector, "the answer ended early: the connection was closed" + HINT);
  }

  /** What answers at the address is not what the connector describes. */
  static GatehouseException notRecognized(Connector connector, String found, Optional<Object> raw) {
    Check check = connector.check();
    return remote(
        ErrorCode.UPSTREAM_NOT_RECOGNIZED,
        connector,
        Map.of(
            "path", check.path(),
            "expected", check.answer(),
            "message", UpstreamMessage.clean(found)),
        raw);
  }

  static GatehouseException checkTimedOut(Connector connector, Duration after) {
    String reason = "no answer within %d s".formatted(GatehouseException.wholeSeconds(after));
    return remote(
        ErrorCode.UPSTREAM_CHECK_TIMEOUT, connector, Map.of("message", reason), Optional.empty());
  }

  /** Not the upstream's own refusal: the call was not sent, so as to stay within its limits. */
  static GatehouseException rateLimited(Connector connector, Duration wait) {
    return limited(
        ErrorCode.UPSTREAM_RATE_LIMITED.with("integration", connector.label()),
        connector.rateLimit(),
        wait);
  }

  static GatehouseException notJson(Connector connector, Answered answered) {
    return remote(
        ErrorCode.UPSTREAM_FAILED,
        connector,
        Map.of("message", "status %d, but not with JSON".formatted(answered.status()) + HINT),
        UpstreamMessage.raw(answered));
  }

  static GatehouseException timedOut(Connector connector, Duration after) {
    return remote(
        ErrorCode.UPSTREAM_TIMEOUT,
        connector,
        Map.of("seconds", GatehouseException.wholeSeconds(after)),
        Optional.empty());
  }

  /** The upstream answered with an error, or with a redirect, which is not followed. */
  static GatehouseException refused(Connector connector, Answered answered, Clock clock) {
    return refused(connector, answered, clock, message(answered));
  }

  /** The same of the answer to an account's check, where the address may be why. */
  static GatehouseException faultyAtCheck(Connector connector, Answered answered, Clock clock) {
    String message = "status %d: %s".formatted(answered.status(), UpstreamMessage.of(answered));
    return refused(connector, answered, clock, message + HINT);
  }

  private static GatehouseException refused(
      Connector connector, Answered answered, Clock clock, String message) {
    GatehouseException failure =
        remote(
            code(connector, answered),
            connector,
            Map.of("status", answered.status(), "message", message),
            UpstreamMessage.raw(answered));
    Optional<Duration> wait = RetryAfter.of(connector, answered, clock);
    RateLimit limit = connector.rateLimit();
    return failure.code() == ErrorCode.UPSTREAM_RATE_LIMITED
        ? limited(failure, limit, wait.orElse(limit.per()))
        : wait.map(failure::retryAfter).orElse(failure);
  }

  private static GatehouseException remote(
      ErrorCode code, Connector connector, Map<String, Object> more, Optional<Object> raw) {
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(List.of("integration", connector.label(), REMOTE, true));
    more.forEach((name, value) -> arguments.addAll(List.of(name, value)));
    raw.ifPresent(body -> arguments.addAll(List.of(RAW, body)));
    return code.with(arguments.toArray());
  }

  /** Says with the same headers for every upstream what its limit is and when to go on. */
  private static GatehouseException limited(
      GatehouseException failure, RateLimit limit, Duration wait) {
    long window = GatehouseException.wholeSeconds(limit.per());
    return failure
        .retryAfter(wait)
        .header("ratelimit-limit", limit.requests() + ";w=" + window)
        .header("ratelimit-remaining", "0")
        .header("ratelimit-reset", Long.toString(GatehouseException.wholeSeconds(wait)));
  }

  /** The code whose HTTP status is the one that the caller is to see. */
  private static ErrorCode code(Connector connector, Answered answered) {
    int status = answered.status();
    if (status == connector.rateLimit().status()) {
      return ErrorCode.UPSTREAM_RATE_LIMITED;
    }
    if (ABOUT_REQUEST.contains(status) && !UpstreamMessage.isJson(answered)) {
      return ErrorCode.UPSTREAM_REFUSED;
    }
    return switch (status) {
      case 400, 422 -> ErrorCode.UPSTREAM_INVALID;
      case 401 -> ErrorCode.UPSTREAM_UNAUTHENTICATED;
      case 403 -> ErrorCode.UPSTREAM_FORBIDDEN;
      case 404 -> ErrorCode.UPSTREAM_NOT_FOUND;
      case 409 -> ErrorCode.UPSTREAM_CONFLICT;
      default -> status < 500 ? ErrorCode.UPSTREAM_REFUSED : ErrorCode.UPSTREAM_FAILED;
    };
  }

  private static String message(Answered answered) {
    if (answered.isRedirect()) {
      return "a redirect, which is not followed" + HINT;
    }
    String message = UpstreamMessage.of(answered);
    return UpstreamMessage.isJson(answered) ? message : message + HINT;
  }
}
