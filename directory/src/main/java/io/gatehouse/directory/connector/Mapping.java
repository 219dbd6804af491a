package io.gatehouse.directory.connector;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.json.Json;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSONata expression, compiled once. It may be evaluated by many threads at a time; one that
 * takes too long or goes too deep is stopped.
 */
public final class Mapping {
  private static final long MAX_MILLIS = 1_000;
  private static final int MAX_DEPTH = 200;

  private final Jsonata expression;

  private Mapping(Jsonata expression) {
    this.expression = expression;
  }

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException when it is not one
   */
  static Mapping of(String text) {
    try {
      return new Mapping(Jsonata.jsonata(text));
    } catch (RuntimeException e) { // beside its own kind, the parser lets others through
      throw new IllegalArgumentException("is not JSONata: " + e.getMessage(), e);
    }
  }

  /** Whether the expression holds for a record. */
  public boolean holds(JsonNode record) {
    return evaluate(plain(record)) instanceof Boolean value && value;
  }

  /**
   * What the expression makes of a record.
   *
   * @param parent the record that it belongs to, if it belongs to one
   * @throws MappingFailedException when it makes nothing of it
   */
  public JsonNode map(JsonNode record, @Nullable JsonNode parent) {
    Map<String, Object> input = new HashMap<>();
    input.put("response", plain(record));
    if (parent != null) {
      input.put("parent", plain(parent));
    }
    return Json.MAPPER.valueToTree(evaluate(input));
  }

  private @Nullable Object evaluate(Object input) {
    Jsonata.Frame frame = expression.createFrame();
    frame.setRuntimeBounds(MAX_MILLIS, MAX_DEPTH);
    try {
      return expression.evaluate(input, frame);
    } catch (RuntimeException e) { // as above
      throw new MappingFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Object plain(JsonNode node) {
    return Json.MAPPER.convertValue(node, Object.class);
  }
}
