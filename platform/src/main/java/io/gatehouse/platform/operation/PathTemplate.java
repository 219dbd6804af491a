package io.gatehouse.platform.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with parameters, such as {@code /api/v1/clusters/{cluster_id}}. It is matched against the
 * segments of the raw path, each decoded by itself, so that an empty segment and an encoded slash
 * survive.
 */
public record PathTemplate(String text, List<String> segments) {

  public static PathTemplate of(String text) {
    return new PathTemplate(text, List.of(text.substring(1).split("/", -1)));
  }

  /** The names of the parameters, in order. */
  public List<String> parameters() {
    return segments.stream().filter(PathTemplate::isParameter).map(PathTemplate::name).toList();
  }

  /** The parameters' values when the segments match; literal segments must be equal. */
  public Optional<Map<String, String>> match(List<String> given) {
    if (given.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < given.size(); i++) {
      String segment = segments.get(i);
      if (isParameter(segment)) {
        values.put(name(segment), given.get(i));
      } else if (!segment.equals(given.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /** Whether it is to be tried first: a literal segment goes before a parameter. */
  boolean isMoreLiteralThan(PathTemplate other) {
    for (int i = 0; i < Math.min(segments.size(), other.segments.size()); i++) {
      boolean mine = isParameter(segments.get(i));
      boolean theirs = isParameter(other.segments.get(i));
      if (mine != theirs) {
        return theirs;
      }
    }
    return false;
  }

  static boolean isParameter(String segment) {
    return segment.startsWith("{");
  }

  private static String name(String segment) {
    return segment.substring(1, segment.length() - 1);
  }
}
