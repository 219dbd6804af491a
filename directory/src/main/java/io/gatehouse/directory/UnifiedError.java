package io.gatehouse.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gatehouse.directory.gateway.UpstreamFailures;
import io.gatehouse.platform.error.GatehouseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error.
 *
 * @param trutoIsRemoteError true when it came from the upstream; absent otherwise
 * @param rawResponse what the upstream said
 * @param trutoErrorInsight what kind of failure it is, for those who can do something about it
 */
record UnifiedError(
    @JsonProperty("statusCode") int statusCode,
    String error,
    String message,
    @Nullable Boolean trutoIsRemoteError,
    @Nullable Object rawResponse,
    @Nullable Map<String, Insight> trutoErrorInsight) {

  /** One thing to know about a failure. */
  record Insight(String description, @Nullable Object value) {}

  private static final Map<Integer, String> PHRASES =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(408, "Request Timeout"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Payload Too Large"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"));

  static UnifiedError of(GatehouseException failure) {
    Map<String, Object> arguments = failure.arguments();
    int status = failure.code().httpStatus();
    boolean remote = Boolean.TRUE.equals(arguments.get(UpstreamFailures.REMOTE));
    Map<String, Insight> insight = insight(status, remote);
    return new UnifiedError(
        status,
        PHRASES.getOrDefault(status, "Error"),
        String.valueOf(failure.getMessage()),
        remote ? true : null,
        arguments.get(UpstreamFailures.RAW),
        insight.isEmpty() ? null : insight);
  }

  /** Of what was refused before there was a request. */
  static UnifiedError of(int status, String reason) {
    String phrase = PHRASES.getOrDefault(status, "Error");
    return new UnifiedError(status, phrase, reason, null, null, null);
  }

  private static Map<String, Insight> insight(int status, boolean remote) {
    Map<String, Insight> insight = new LinkedHashMap<>();
    if (remote) {
      insight.put("remote_error", new Insight("the integration answered with an error", null));
    }
    if (status == 429) {
      insight.put("rate_limit_error", new Insight("too many requests; try again later", null));
    }
    if (remote && status == 403) {
      var missing = Map.of("missing_scopes", List.of());
      insight.put(
          "forbidden_error", new Insight("the credentials do not allow what was asked", missing));
    }
    return insight;
  }
}
