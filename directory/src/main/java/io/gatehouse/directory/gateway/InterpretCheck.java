package io.gatehouse.directory.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.directory.connector.Check;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.gateway.Outcome.Answered;
import io.gatehouse.directory.gateway.Outcome.EndedEarly;
import io.gatehouse.directory.gateway.Outcome.TimedOut;
import io.gatehouse.directory.gateway.Outcome.TooLarge;
import io.gatehouse.directory.gateway.Outcome.Unreachable;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Says whether the outcome of an account's check shows the upstream at its address and valid
 * credentials. Only what is about credentials or the rate of calls is taken at its word: anything
 * else that is not the answer which the connector describes speaks against the address.
 */
final class InterpretCheck {
  private static final Set<Integer> ABOUT_CREDENTIALS = Set.of(401, 403);

  private final Clock clock;

  InterpretCheck(Clock clock) {
    this.clock = clock;
  }

  /**
   * Returns when the account can be used.
   *
   * @throws io.gatehouse.platform.error.GatehouseException saying why it cannot
   */
  void require(UpstreamRequest request, Outcome outcome) {
    Connector connector = request.account().connector();
    switch (outcome) {
      case Answered answered -> requireAnswer(connector, answered);
      case Unreachable(String reason) -> throw UpstreamFailures.unreachable(connector, reason);
      case EndedEarly endedEarly -> throw UpstreamFailures.endedEarly(connector);
      case TimedOut(var after) -> throw UpstreamFailures.checkTimedOut(connector, after);
      case TooLarge(int maxBytes) ->
          throw UpstreamFailures.notRecognized(
              connector, "more than %d bytes".formatted(maxBytes), Optional.empty());
    }
  }

  private void requireAnswer(Connector connector, Answered answered) {
    int status = answered.status();
    if (ABOUT_CREDENTIALS.contains(status) || status == connector.rateLimit().status()) {
      throw UpstreamFailures.refused(connector, answered, clock);
    }
    if (status >= 500) {
      throw UpstreamFailures.faultyAtCheck(connector, answered, clock);
    }
    Optional<JsonNode> body = UpstreamJson.find(answered.body());
    Check check = connector.check();
    if (!answered.isSuccess() || body.filter(check::accepts).isEmpty()) {
      throw UpstreamFailures.notRecognized(
          connector, found(answered, body), UpstreamMessage.raw(answered));
    }
  }

  /** What was answered instead, in a few words. */
  private static String found(Answered answered, Optional<JsonNode> body) {
    int status = answered.status();
    if (answered.isRedirect()) {
      return "a redirect (status %d), which is not followed".formatted(status);
    }
    if (answered.isSuccess()) {
      return "status %d and %s".formatted(status, body.isPresent() ? "other JSON" : "no JSON");
    }
    return "status %d: %s".formatted(status, UpstreamMessage.of(answered));
  }
}
