package io.gatehouse.platform.protocol;

import java.time.Duration;
import java.util.Set;

/**
 * From which web pages of other origins an API may be called (CORS). Credentials of the browser are
 * never sent along: callers present theirs in a header.
 *
 * @param origins as in {@code https://app.example.com}; {@code *} stands for all
 * @param headers the request headers that pages may set
 * @param maxAge how long a browser may remember this
 */
public record Cors(Set<String> origins, Set<String> headers, Duration maxAge) {
  public static final Cors NONE = new Cors(Set.of(), Set.of(), Duration.ZERO);

  public boolean allows(String origin) {
    return origins.contains("*") || origins.contains(origin);
  }
}
