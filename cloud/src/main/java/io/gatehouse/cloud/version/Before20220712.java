package io.gatehouse.cloud.version;

import static io.gatehouse.cloud.version.VersionChange.inAnswers;
import static io.gatehouse.cloud.version.VersionChange.inRequests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.operation.Operation;
import java.util.List;
import java.util.Set;

/** What was different in 2022-03-31, the first version. */
final class Before20220712 {
  private static final String PROVIDER_PREFIX = "CLOUD_PROVIDER_";
  private static final String STATUS_PREFIX = "CLUSTER_STATUS_";
  private static final Set<String> SILENT =
      Set.of(
          "UpdateCluster",
          "DeleteCluster",
          "CreateSQLUser",
          "DeleteSQLUser",
          "UpdateSQLUserPassword");

  private Before20220712() {}

  static final List<VersionChange> CHANGES =
      List.of(
          inAnswers("values had the names of their types in front", Before20220712::prefixes),
          inRequests("providers had the name of their type in front", Before20220712::provider),
          inRequests("pages were asked for by other names", Before20220712::pageWanted),
          inAnswers("pages were told by other names", Before20220712::pageTold),
          inRequests("the name of a new SQL user stood in 'user'", Before20220712::sqlUser),
          inAnswers(
              "most changes answered nothing",
              (operation, answer) -> {
                if (SILENT.contains(operation.id())) {
                  answer.removeAll();
                }
              }));

  private static void prefixes(Operation<?, ?> operation, ObjectNode answer) {
    for (ObjectNode cluster : Members.clusters(answer)) {
      Members.replace(cluster, "state", text -> "CLUSTER_STATE_" + text);
      Members.replace(cluster, "plan", text -> "PLAN_" + text);
      Members.replace(cluster, "cloud_provider", text -> PROVIDER_PREFIX + text);
      Members.replace(
          cluster,
          "operation_status",
          text -> text.startsWith(STATUS_PREFIX) ? text : STATUS_PREFIX + text);
    }
    Members.objects(answer.get("nodes"))
        .forEach(node -> Members.replace(node, "status", text -> "NODE_STATUS_" + text));
    Members.objects(answer.get("regions"))
        .forEach(region -> Members.replace(region, "provider", text -> PROVIDER_PREFIX + text));
  }

  private static void provider(Operation<?, ?> operation, ObjectNode request) {
    Members.replace(
        request,
        "provider",
        text -> text.startsWith(PROVIDER_PREFIX) ? text.substring(PROVIDER_PREFIX.length()) : text);
  }

  private static void pageWanted(Operation<?, ?> operation, ObjectNode request) {
    if (request.get("pagination") instanceof ObjectNode pagination) {
      move(pagination, "start_key", "page");
      move(pagination, "order", "sort_order");
    }
  }

  private static void pageTold(Operation<?, ?> operation, ObjectNode answer) {
    if (answer.get("pagination") instanceof ObjectNode pagination) {
      move(pagination, "next_page", "next");
      move(pagination, "previous_page", "last");
    }
  }

  private static void sqlUser(Operation<?, ?> operation, ObjectNode request) {
    if (operation.id().equals("CreateSQLUser")
        && request.remove("user") instanceof ObjectNode user) {
      JsonNode name = user.get("name");
      if (name != null) {
        request.set("name", name);
      }
    }
  }

  private static void move(ObjectNode node, String from, String to) {
    JsonNode value = node.remove(from);
    if (value != null) {
      node.set(to, value);
    }
  }
}
