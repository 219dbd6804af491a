package io.gatehouse.platform.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

  /** The path with all parameters alike: what two templates share that match the same paths. */
  String shape() {
    return segments.stream()
        .map(segment -> isParameter(segment) ? "{}" : segment)
        .collect(Collectors.joining("/"));
  }

  /** The parameters' values in the segments of a path that matches this. */
  public Map<String, String> values(List<String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < given.size(); i++) {
      if (isParameter(segments.get(i))) {
        values.put(name(segments.get(i)), given.get(i));
      }
    }
    return values;
  }

  /** Whether the segments of a path are those of this template. */
  public boolean matches(List<String> given) {
    if (given.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < given.size(); i++) {
      if (!isParameter(segments.get(i)) && !segments.get(i).equals(given.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a segment of a template stands for anything. */
  public static boolean isParameter(String segment) {
    return segment.startsWith("{");
  }

  private static String name(String segment) {
    return segment.substring(1, segment.length() - 1);
  }
}
