package io.gatehouse.directory.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Finds what is at a place in an answer, named by members divided by dots. */
final class JsonPath {
  private JsonPath() {}

  /** What is there; a missing node when there is nothing. */
  static JsonNode find(JsonNode from, String path) {
    JsonNode at = from;
    for (String member : members(path)) {
      at = at.path(member);
    }
    return at;
  }

  /** The members that a place is named by, the outermost first. */
  static List<String> members(String path) {
    return List.of(path.split("\\.", -1));
  }
}
