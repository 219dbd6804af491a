package io.gatehouse.directory.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.directory.gateway.Outcome.Answered;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an upstream says in an answer, for people and for our own answer. */
final class UpstreamMessage {
  private static final int MAX_CHARACTERS = 300;
  private static final int MAX_RAW_CHARACTERS = 4096;

  /** Controls, and halves of characters without the other half. */
  private static final Pattern NO_CHARACTERS = Pattern.compile("[\\p{Cc}\\p{Cs}]");

  /** What no text has, though it may have lines. */
  private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\t\\n\\f\\r]]");

  private static final List<String> MEMBERS = List.of("message", "detail", "error", "title");

  private UpstreamMessage() {}

  /** The message of an error. */
  static String of(Answered answered) {
    if (answered.isNotModified()) {
      return "not modified, though the request set no condition";
    }
    String text =
        UpstreamJson.find(answered.body())
            .flatMap(UpstreamMessage::find)
            .orElseGet(() -> "status " + answered.status() + " without a message");
    return clean(text);
  }

  /**
   * The whole body: JSON where it is and is not long, the beginning of the text otherwise; empty
   * when it is no text, such as one that was compressed though nobody asked for that.
   */
  static Optional<Object> raw(Answered answered) {
    String body = answered.body();
    Optional<JsonNode> json =
        body.length() <= MAX_RAW_CHARACTERS ? UpstreamJson.find(body) : Optional.empty();
    return json.<Object>map(node -> node)
        .or(
            () ->
                Optional.of(cut(body, MAX_RAW_CHARACTERS))
                    .filter(text -> !NO_TEXT.matcher(text).find()));
  }

  /** Whether the body is a JSON object, as the errors of an API are. */
  static boolean isJson(Answered answered) {
    return UpstreamJson.find(answered.body()).filter(JsonNode::isObject).isPresent();
  }

  private static Optional<String> find(JsonNode body) {
    return MEMBERS.stream()
        .map(body::path)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .findFirst();
  }

  /** A text of an upstream as people and stores can take it: short, and of characters only. */
  static String clean(String text) {
    return cut(NO_CHARACTERS.matcher(text).replaceAll(" "), MAX_CHARACTERS);
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, splits ? most - 1 : most) + "…";
  }
}
