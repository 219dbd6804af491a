package io.gatehouse.directory.connector;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with places such as <code>{{api_key}}</code> that are filled in by name. A brace that is
 * of no place is a mistake.
 */
public record Template(String text) {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z_]+)}}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Template {
    Braces.requireNone(PLACE.matcher(text).replaceAll(""), "{{lower_case}}");
  }

  /** The names of its places. */
  Set<String> names() {
    return PLACE.matcher(text).results().map(at -> at.group(1)).collect(Collectors.toSet());
  }

  /** The text with each place filled; a name without a value leaves nothing. */
  public <T> String fill(Map<String, T> values, Function<T, String> asText) {
    return PLACE
        .matcher(text)
        .replaceAll(
            at -> {
              T value = values.get(at.group(1));
              return value == null ? "" : Matcher.quoteReplacement(asText.apply(value));
            });
  }
}
