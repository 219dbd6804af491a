package io.gatehouse.directory.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.gatehouse.platform.error.GatehouseException;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path of an upstream with parameters, such as {@code /clusters/{cluster_id}/nodes}. A brace that
 * is of no parameter is a mistake.
 */
public record PathPattern(String text) {
  private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PathPattern {
    Braces.requireNone(PARAMETER.matcher(text).replaceAll(""), "{lower_case}");
  }

  /** The names of its parameters, in order. */
  public List<String> parameters() {
    return PARAMETER.matcher(text).results().map(at -> at.group(1)).toList();
  }

  /**
   * The path with its parameters filled in, each as one segment.
   *
   * @throws GatehouseException when one is missing or would change the path
   */
  public String fill(Map<String, String> values) {
    return PARAMETER.matcher(text).replaceAll(at -> segment(at, values));
  }

  /** Whether a value fills a segment and stays within it. */
  static boolean isSegment(String value) {
    return !value.isBlank() && !value.equals(".") && !value.equals("..");
  }

  private static String segment(MatchResult at, Map<String, String> values) {
    String name = at.group(1);
    @Nullable String value = values.get(name);
    if (value == null || value.isBlank()) {
      throw GatehouseException.invalid(name, "is required for this resource");
    }
    if (!isSegment(value)) {
      throw GatehouseException.invalid(name, "must not be a step in a path");
    }
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }
}
