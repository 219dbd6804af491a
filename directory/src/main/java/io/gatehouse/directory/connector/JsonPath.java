package io.gatehouse.directory.connector;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds what is at a place in an answer, named by members divided by dots. */
final class JsonPath {
  private JsonPath() {}

  /** What is there; a missing node when there is nothing. */
  static JsonNode find(JsonNode from, String path) {
    JsonNode at = from;
    for (String member : path.split("\\.", -1)) {
      at = at.path(member);
    }
    return at;
  }
}
