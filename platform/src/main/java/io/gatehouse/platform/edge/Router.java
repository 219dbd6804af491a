package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.OperationCatalog;
import io.gatehouse.platform.operation.PathTemplate;
import io.gatehouse.platform.operation.Route;
import io.gatehouse.platform.protocol.Protocols;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the endpoints for a raw path, in a tree with a branch for each segment. */
final class Router {
  /** An endpoint and the segments of the path that it serves. */
  record Match(Endpoint<?, ?> endpoint, List<String> segments) {
    /** The values of the path's parameters. */
    Map<String, String> values() {
      return endpoint.operation().path().values(segments);
    }
  }

  /** What may follow the segments so far: something literal, or anything; and what ends here. */
  private static final class Branch {
    private final Map<String, Branch> literals = new HashMap<>();
    private @Nullable Branch parameter;
    private final List<Endpoint<?, ?>> endpoints = new ArrayList<>();

    Branch grow(String segment) {
      if (!PathTemplate.isParameter(segment)) {
        return literals.computeIfAbsent(segment, s -> new Branch());
      }
      if (parameter == null) {
        parameter = new Branch();
      }
      return parameter;
    }

    /** Collects what matches from a segment on; what is literal goes before what is not. */
    void match(List<String> segments, int from, List<Match> matches) {
      if (from == segments.size()) {
        endpoints.forEach(endpoint -> matches.add(new Match(endpoint, segments)));
        return;
      }
      Branch literal = literals.get(segments.get(from));
      if (literal != null) {
        literal.match(segments, from + 1, matches);
      }
      if (parameter != null) {
        parameter.match(segments, from + 1, matches);
      }
    }
  }

  private final Branch root = new Branch();

  Router(OperationCatalog catalog, Protocols protocols) {
    for (Route<?, ?> route : catalog.routes()) {
      Branch branch = root;
      for (String segment : route.operation().path().segments()) {
        branch = branch.grow(segment);
      }
      branch.endpoints.add(new Endpoint<>(route, protocols.of(route.operation().api())));
    }
  }

  /** Every endpoint whose path matches, whatever its method. */
  List<Match> match(String rawPath) {
    List<Match> matches = new ArrayList<>();
    root.match(segments(rawPath), 0, matches);
    return matches;
  }

  /** What to answer when nothing serves a path, or something does but not with this method. */
  static GatehouseException refusal(String method, String rawPath, List<Match> matches) {
    if (matches.isEmpty()) {
      return ErrorCode.NO_SUCH_OPERATION.with("method", method, "path", rawPath);
    }
    TreeSet<String> allowed = new TreeSet<>();
    matches.forEach(match -> allowed.add(match.endpoint().operation().method().name()));
    String methods = String.join(", ", allowed);
    return ErrorCode.METHOD_NOT_ALLOWED
        .with("method", method, "allowed", methods)
        .header("Allow", methods);
  }

  /** The segments of a path, each decoded by itself. */
  static List<String> segments(String rawPath) {
    List<String> segments = new ArrayList<>(8);
    int from = Math.min(1, rawPath.length());
    for (int to = rawPath.indexOf('/', from); to >= 0; to = rawPath.indexOf('/', from)) {
      segments.add(decode(rawPath.substring(from, to)));
      from = to + 1;
    }
    segments.add(decode(rawPath.substring(from)));
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
