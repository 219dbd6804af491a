package io.gatehouse.directory.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.directory.connector.Check;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is to be read from an upstream.
 *
 * @param path encoded, beginning with a slash
 * @param tolerated the statuses that the asker knows how to go on from
 * @param expected whether an answer is what the upstream answers there, as far as that is known
 * @param deadline until when it may wait and be tried
 */
public record UpstreamRequest(
    UpstreamAccount account,
    String path,
    Map<String, String> query,
    Set<Integer> tolerated,
    Predicate<JsonNode> expected,
    Deadline deadline) {

  /** The request that shows whether the account's credentials are valid. */
  public static UpstreamRequest check(UpstreamAccount account, Deadline deadline) {
    Check check = account.connector().check();
    return new UpstreamRequest(account, check.path(), Map.of(), Set.of(), check::accepts, deadline);
  }

  URI url() {
    String base = account.baseUrl().toString();
    String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    String parameters =
        new TreeMap<>(query)
            .entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    return URI.create(root + path + (parameters.isEmpty() ? "" : "?" + parameters));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
