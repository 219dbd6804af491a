package io.gatehouse.directory.gateway;

import com.fasterxml.jackson.databind.JsonNode;

/** What an upstream answered, as far as the asker can go on with it. */
public sealed interface UpstreamAnswer {
  /**
   * What was asked for.
   *
   * @param length the characters that it came in, which say how much memory it takes
   */
  record Success(JsonNode body, int length) implements UpstreamAnswer {}

  /** A status that the asker tolerates. */
  record Tolerated(int status) implements UpstreamAnswer {}
}
