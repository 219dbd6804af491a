package io.gatehouse.directory.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.gatehouse.platform.json.Json;
import java.util.Optional;

/** Reads the JSON of upstreams, which may be anything of any size. */
final class UpstreamJson {
  /** Small things take much memory once they are read, so their number is limited too. */
  static final int MOST_TOKENS = 200_000;

  private static final ObjectReader READER =
      Json.MAPPER
          .reader()
          .with(
              Json.MAPPER
                  .getFactory()
                  .rebuild()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build())
                  .build());

  private UpstreamJson() {}

  /**
   * The one JSON value that the text is; empty when it has none.
   *
   * @throws JsonProcessingException when it is something else, or too much
   */
  static Optional<JsonNode> read(String text) throws JsonProcessingException {
    JsonNode node = READER.readTree(text);
    return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
  }

  /** The same where it does not matter why there is none. */
  static Optional<JsonNode> find(String text) {
    try {
      return read(text);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
