package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.Dialect;
import io.gatehouse.platform.operation.OperationCatalog;
import io.gatehouse.platform.operation.Route;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the endpoint for a method and a raw path. */
final class Router {
  /** An endpoint and the values of its path's parameters. */
  record Match(Endpoint<?, ?> endpoint, Map<String, String> values) {}

  private final Map<Integer, List<Endpoint<?, ?>>> bySegments = new HashMap<>();

  Router(OperationCatalog catalog, Map<Api, Dialect> dialects) {
    for (Route<?, ?> route : catalog.routes()) {
      Dialect dialect = dialects.get(route.operation().api());
      if (dialect == null) {
        throw new IllegalStateException(route.operation().api() + " has no dialect");
      }
      int segments = route.operation().path().segments().size();
      bySegments
          .computeIfAbsent(segments, n -> new ArrayList<>())
          .add(new Endpoint<>(route, dialect));
    }
    bySegments.values().forEach(Router::literalFirst);
  }

  private static void literalFirst(List<Endpoint<?, ?>> endpoints) {
    endpoints.sort((a, b) -> Integer.compare(parameters(a), parameters(b)));
  }

  private static int parameters(Endpoint<?, ?> endpoint) {
    return endpoint.operation().path().parameters().size();
  }

  /** Every endpoint whose path matches, whatever its method. */
  List<Match> match(String rawPath) {
    List<String> segments = segments(rawPath);
    List<Match> matches = new ArrayList<>();
    for (Endpoint<?, ?> endpoint : bySegments.getOrDefault(segments.size(), List.of())) {
      Optional<Map<String, String>> values = endpoint.operation().path().match(segments);
      values.ifPresent(found -> matches.add(new Match(endpoint, found)));
    }
    return matches;
  }

  /** What to answer when nothing serves a path, or something does but not with this method. */
  static GatehouseException refusal(String method, String rawPath, List<Match> matches) {
    if (matches.isEmpty()) {
      return ErrorCode.NO_SUCH_OPERATION.with("method", method, "path", rawPath);
    }
    TreeSet<String> allowed = new TreeSet<>();
    matches.forEach(match -> allowed.add(match.endpoint().operation().method().name()));
    return ErrorCode.METHOD_NOT_ALLOWED.with(
        "method", method, "allowed", String.join(", ", allowed));
  }

  private static List<String> segments(String rawPath) {
    String[] raw = rawPath.substring(Math.min(1, rawPath.length())).split("/", -1);
    List<String> segments = new ArrayList<>(raw.length);
    for (String segment : raw) {
      segments.add(decode(segment));
    }
    return segments;
  }

  /** Decodes one segment; what cannot be decoded stays as it is and so matches no literal. */
  private static String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment;
    }
  }
}
