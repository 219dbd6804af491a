package io.gatehouse.directory.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A list of the upstream.
 *
 * @param items where its items are in an answer, members divided by dots
 */
public record UpstreamResource(String name, PathPattern path, String items) {

  /** The items of an answer; empty when it has no list there. */
  public Optional<List<JsonNode>> itemsOf(JsonNode answer) {
    JsonNode found = JsonPath.find(answer, items);
    return found.isArray()
        ? Optional.of(List.copyOf(found.valueStream().toList()))
        : Optional.empty();
  }
}
