package io.gatehouse.directory.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.directory.gateway.Outcome.Answered;
import java.util.List;
import java.util.Optional;

/** What an upstream says in an answer, for people and for our own answer. */
final class UpstreamMessage {
  private static final int MOST_CHARACTERS = 300;
  private static final int MOST_RAW_CHARACTERS = 4096;
  private static final List<String> MEMBERS = List.of("message", "detail", "error", "title");

  private UpstreamMessage() {}

  /** The message of an error. */
  static String of(Answered answered) {
    String text =
        UpstreamJson.find(answered.body())
            .flatMap(UpstreamMessage::find)
            .orElseGet(() -> "status " + answered.status() + " without a message");
    return cut(text, MOST_CHARACTERS);
  }

  /** The whole body: JSON where it is and is not long, the beginning of the text otherwise. */
  static Object raw(Answered answered) {
    String body = answered.body();
    Optional<JsonNode> json =
        body.length() <= MOST_RAW_CHARACTERS ? UpstreamJson.find(body) : Optional.empty();
    return json.<Object>map(node -> node).orElseGet(() -> cut(body, MOST_RAW_CHARACTERS));
  }

  private static Optional<String> find(JsonNode body) {
    return MEMBERS.stream()
        .map(body::path)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .findFirst();
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
