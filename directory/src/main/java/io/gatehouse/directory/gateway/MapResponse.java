package io.gatehouse.directory.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.gateway.Outcome.Answered;
import io.gatehouse.directory.gateway.Outcome.EndedEarly;
import io.gatehouse.directory.gateway.Outcome.TimedOut;
import io.gatehouse.directory.gateway.Outcome.TooLarge;
import io.gatehouse.directory.gateway.Outcome.Unreachable;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what an outcome means: an answer to go on with, or which failure. */
final class MapResponse {
  /** The parser names its own setting beside the limit. */
  private static final Pattern PARSER_SETTING = Pattern.compile(", from `[^`]*`");

  private final Clock clock;

  MapResponse(Clock clock) {
    this.clock = clock;
  }

  UpstreamAnswer read(UpstreamRequest request, Outcome outcome) {
    Connector connector = request.account().connector();
    return switch (outcome) {
      case Answered answered -> answer(request, answered);
      case Unreachable(String reason) -> throw UpstreamFailures.unreachable(connector, reason);
      case EndedEarly endedEarly -> throw UpstreamFailures.endedEarly(connector);
      case TimedOut(var after) -> throw UpstreamFailures.timedOut(connector, after);
      case TooLarge(int maxBytes) ->
          throw UpstreamFailures.unusable(
              connector, "the answer has more than " + maxBytes + " bytes");
    };
  }

  private UpstreamAnswer answer(UpstreamRequest request, Answered answered) {
    Connector connector = request.account().connector();
    if (request.tolerated().contains(answered.status())) {
      return new UpstreamAnswer.Tolerated(answered.status());
    }
    if (!answered.isSuccess()) {
      throw UpstreamFailures.refused(connector, answered, clock);
    }
    return success(connector, answered)
        .orElseThrow(() -> UpstreamFailures.notJson(connector, answered));
  }

  private static Optional<UpstreamAnswer> success(Connector connector, Answered answered) {
    String body = answered.body();
    try {
      return UpstreamJson.read(body).map(json -> new UpstreamAnswer.Success(json, body.length()));
    } catch (StreamConstraintsException e) {
      String limit = PARSER_SETTING.matcher(e.getOriginalMessage()).replaceAll("");
      throw UpstreamFailures.unusable(connector, "the answer is too much to read: " + limit)
          .causedBy(e);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
