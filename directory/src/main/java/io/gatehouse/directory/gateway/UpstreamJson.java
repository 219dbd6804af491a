package io.gatehouse.directory.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.gatehouse.platform.json.Json;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of upstreams, which may be anything of any size. */
final class UpstreamJson {
  /** Small things take much memory once they are read, so their number is limited too. */
  static final int MAX_TOKENS = 200_000;

  /** Who writes a number of a few characters out may need memory without end. */
  private static final int MAX_ZEROS = 1_000;

  private static final ObjectReader READER =
      Json.MAPPER
          .reader()
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .with(new ExactNumbers())
          .with(
              Json.MAPPER
                  .getFactory()
                  .rebuild()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxTokenCount(MAX_TOKENS).build())
                  .build());

  private UpstreamJson() {}

  /**
   * The one JSON value that the text is; empty when it has none.
   *
   * @throws JsonProcessingException when it is something else, or too much
   */
  static Optional<JsonNode> read(String text) throws JsonProcessingException {
    JsonNode node = tree(text);
    if (node == null || node.isMissingNode()) {
      return Optional.empty();
    }
    requireBearableNumbers(node);
    return Optional.of(node);
  }

  /** The same where it does not matter why there is none. */
  static Optional<JsonNode> find(String text) {
    try {
      return read(text);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static @Nullable JsonNode tree(String text) throws JsonProcessingException {
    try {
      return READER.readTree(text);
    } catch (NumberFormatException e) { // the parser lets it through
      throw beyondMeasure();
    }
  }

  private static StreamConstraintsException beyondMeasure() {
    return new StreamConstraintsException("a number has an exponent beyond " + MAX_ZEROS);
  }

  private static void requireBearableNumbers(JsonNode node) throws StreamConstraintsException {
    if (node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > MAX_ZEROS) {
      throw beyondMeasure();
    }
    for (JsonNode inner : node) {
      requireBearableNumbers(inner);
    }
  }

  /** A usual number where it is exactly that one, else one with all its digits. */
  private static final class ExactNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    ExactNumbers() {
      super(true);
    }

    @Override
    public ValueNode numberNode(BigDecimal exact) {
      double usual = exact.doubleValue();
      return Double.isFinite(usual) && BigDecimal.valueOf(usual).compareTo(exact) == 0
          ? numberNode(usual)
          : super.numberNode(exact);
    }
  }
}
