package io.gatehouse.directory;

import io.gatehouse.directory.ScriptedUpstream.Answer;
import io.gatehouse.directory.ScriptedUpstream.Request;
import io.gatehouse.platform.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * As much of CockroachDB Cloud as the connector reads, in memory. Its lists have keys, and a page
 * begins after the key of the item before it.
 */
public final class FakeCockroachDbCloud implements ScriptedUpstream.Script {
  private static final String AFTER = "after-";

  /** A cluster and the names of its SQL users. */
  public record Cluster(String id, String name, String state, List<String> users) {}

  private final List<Map<String, Object>> serviceAccounts = new ArrayList<>();
  private final Map<String, Cluster> clusters = new TreeMap<>();
  private final Set<String> notServing = new HashSet<>();
  private boolean heedsLimit = true;

  public FakeCockroachDbCloud serviceAccount(String id, String name) {
    var resource = Map.of("type", "CLUSTER", "id", "c1");
    serviceAccounts.add(
        Map.of(
            "id",
            id,
            "name",
            name,
            "description",
            "",
            "creator_name",
            "creator",
            "created_at",
            "2022-03-22T20:23:11.285067Z",
            "roles",
            List.of(Map.of("name", "CLUSTER_ADMIN", "resource", resource)),
            "group_roles",
            List.of()));
    return this;
  }

  public FakeCockroachDbCloud cluster(String id, String state, String... users) {
    clusters.put(id, new Cluster(id, "name of " + id, state, List.of(users)));
    return this;
  }

  public void remove(String cluster) {
    clusters.remove(cluster);
  }

  /** Answers from now on that the lists of a cluster cannot be read at the moment. */
  public void stopServing(String cluster) {
    notServing.add(cluster);
  }

  /** Gives pages of two items from now on, however many are asked for. */
  public FakeCockroachDbCloud heedingNoLimit() {
    heedsLimit = false;
    return this;
  }

  @Override
  public Answer answer(Request request) {
    if (!("Bearer " + GatewayKit.API_KEY).equals(request.headers().get("Authorization"))) {
      return Answer.of(401, "{\"code\":16,\"message\":\"unauthenticated\",\"details\":[]}");
    }
    String[] path = request.path().substring("/api/v1/".length()).split("/", -1);
    if (path.length == 3) {
      return inside(request, path);
    }
    return switch (path[0]) {
      case "organization" -> Answer.ok("{\"id\":\"o1\",\"label\":\"acme\",\"name\":\"Acme\"}");
      case "service-accounts" -> page(request, "service_accounts", serviceAccounts);
      case "clusters" ->
          path.length == 1
              ? page(request, "clusters", clusters.values().stream().map(this::view).toList())
              : page(request, "regions", List.of(Map.of("name", "us-east-1")));
      case "folders" -> page(request, "folders", List.of(Map.of("resource_id", "f1")));
      case "api-keys" -> page(request, "api_keys", List.of(Map.of("id", "k1")));
      case "cluster-versions" -> page(request, "versions", List.of(Map.of("version", "v25.2")));
      case "roles" -> page(request, "grants", List.of(Map.of("user_id", "s1")));
      default -> notFound();
    };
  }

  private Answer inside(Request request, String[] path) {
    if (path[0].equals("folders")) {
      return page(request, "resources", List.of(Map.of("resource_id", "c1")));
    }
    Cluster cluster = clusters.get(path[1]);
    if (cluster == null) {
      return notFound();
    }
    if (notServing.contains(cluster.id())) {
      return Answer.of(503, "{\"code\":14,\"message\":\"the cluster is locked\",\"details\":[]}");
    }
    return switch (path[2]) {
      case "sql-users" ->
          page(
              request,
              "users",
              cluster.users().stream().map(name -> Map.<String, Object>of("name", name)).toList());
      case "databases" -> page(request, "databases", List.of(Map.of("name", "defaultdb")));
      case "nodes" -> page(request, "nodes", List.of(Map.of("name", "n1")));
      default -> notFound();
    };
  }

  private Map<String, Object> view(Cluster cluster) {
    return Map.of("id", cluster.id(), "name", cluster.name(), "state", cluster.state());
  }

  private Answer page(Request request, String member, List<Map<String, Object>> all) {
    String token = request.query().getOrDefault("pagination.page", "");
    int limit =
        heedsLimit ? Integer.parseInt(request.query().getOrDefault("pagination.limit", "100")) : 2;
    List<Map<String, Object>> left =
        all.stream().filter(item -> token.isEmpty() || isAfter(item, token)).toList();
    List<Map<String, Object>> items = left.subList(0, Math.min(limit, left.size()));
    String next = items.size() < left.size() ? AFTER + key(items.getLast()) : "";
    return Answer.ok(
        Json.write(
            Map.of(member, items, "pagination", Map.of("next_page", next, "previous_page", ""))));
  }

  private static boolean isAfter(Map<String, Object> item, String token) {
    return key(item).compareTo(token.substring(AFTER.length())) > 0;
  }

  private static String key(Map<String, Object> item) {
    return String.valueOf(item.getOrDefault("id", item.get("name")));
  }

  private static Answer notFound() {
    return Answer.of(404, "{\"code\":5,\"message\":\"cluster not found\",\"details\":[]}");
  }
}
