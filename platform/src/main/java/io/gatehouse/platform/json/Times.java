package io.gatehouse.platform.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads times from text alone. Of a number nobody says whether it counts seconds or milliseconds,
 * or is no time at all; the library would take any for seconds since 1970, also within a text.
 */
final class Times extends StdScalarDeserializer<Instant> {
  private static final long serialVersionUID = 1L;
  private static final Pattern NUMBER = Pattern.compile("\\s*[-+]?[0-9.]+\\s*");

  Times() {
    super(Instant.class);
  }

  @Override
  public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return (Instant) context.handleUnexpectedToken(Instant.class, parser);
    }
    String text = parser.getText();
    if (NUMBER.matcher(text).matches()) {
      return (Instant) context.handleWeirdStringValue(Instant.class, text, "a number is no time");
    }
    return InstantDeserializer.INSTANT.deserialize(parser, context);
  }
}
