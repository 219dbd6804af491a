package io.gatehouse.directory.gateway;

import com.fasterxml.jackson.databind.JsonNode;

/** What an upstream answered, as far as the asker can go on with it. */
public sealed interface UpstreamAnswer {
  /** What was asked for. */
  record Success(JsonNode body) implements UpstreamAnswer {}

  /** A status that the asker tolerates. */
  record Tolerated(int status) implements UpstreamAnswer {}
}
