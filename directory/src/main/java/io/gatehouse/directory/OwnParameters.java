package io.gatehouse.directory;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.error.GatehouseException;
import java.util.Map;

/**
 * The query parameters that are said to this API and not to an upstream: their names begin alike.
 * Each changes what the answer means, so one that is not supported is refused: who does not notice
 * that it had no effect would take the answer for another.
 */
public final class OwnParameters {
  private static final String PREFIX = "truto_";

  private OwnParameters() {}

  /** Refuses what an operation does not know though it is said to this API. */
  public static void requireNone(Map<String, JsonNode> others) {
    for (String name : others.keySet()) {
      if (name.startsWith(PREFIX)) {
        throw GatehouseException.invalid(CallersText.shortened(name), "is not supported here");
      }
    }
  }
}
