package io.gatehouse.cloud.version;

import static io.gatehouse.cloud.version.Members.clusters;
import static io.gatehouse.cloud.version.Members.objects;
import static io.gatehouse.cloud.version.VersionChange.inAnswers;
import static io.gatehouse.cloud.version.VersionChange.inRequests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.operation.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was different in 2023-04-10. */
final class Before20240916 {
  private static final Map<String, String> PLANS =
      Map.of("BASIC", "SERVERLESS", "STANDARD", "SERVERLESS", "ADVANCED", "DEDICATED");
  private static final Set<String> LATER_ROLES =
      Set.of("METRICS_VIEWER", "CLUSTER_MONITOR", "BILLING_VIEWER");
  private static final Map<String, String> LATER_ACTIONS =
      Map.of("AUDIT_LOG_ACTION_READ", "AUDIT_LOG_ACTION_USER_LOGIN");
  private static final String OWN_ACTIONS = "INTEGRATED_ACCOUNT";

  private Before20240916() {}

  static final List<VersionChange> CHANGES =
      List.of(
          inAnswers(
              "plans were SERVERLESS and DEDICATED",
              (operation, answer) ->
                  clusters(answer).forEach(c -> Members.rename(c, "plan", PLANS))),
          inRequests("a serverless cluster was what BASIC is now", Before20240916::plan),
          inRequests("usage was limited by what it costs", SpendLimit::toUsage),
          inAnswers(
              "there was no upgrade type",
              (operation, answer) -> Members.remove(Members.serverless(answer), "upgrade_type")),
          inAnswers("usage limits were both there or not at all", Before20240916::wholeUsageLimits),
          inAnswers(
              "serverless clusters showed what they may cost",
              (operation, answer) -> Members.serverless(answer).forEach(SpendLimit::show)),
          inAnswers(
              "clusters had no labels, CIDR range or customer account",
              (operation, answer) ->
                  Members.remove(
                      clusters(answer),
                      "labels",
                      "cidr_range",
                      "is_customer_cloud_account",
                      "state_reason")),
          inAnswers(
              "regions said nothing of their machines",
              (operation, answer) ->
                  Members.remove(
                      Members.regionsOfClusters(answer),
                      "machine_type",
                      "num_virtual_cpus",
                      "disk_iops",
                      "s3_vpc_endpoint_id")),
          inAnswers("folders had no labels", Before20240916::folderLabels),
          inAnswers("monitoring roles were not known", Before20240916::laterRoles),
          inAnswers(
              "the payload of an audit event was an object, and refused reads had no action",
              Before20240916::auditEvents));

  /** The names of today were no plans; who uses them all the same means what they mean today. */
  private static void plan(Operation<?, ?> operation, ObjectNode request) {
    removeOldPlan(request);
    if (request.get("spec") instanceof ObjectNode spec) {
      removeOldPlan(spec);
      if (operation.id().equals("CreateCluster") && !request.has("plan") && !spec.has("plan")) {
        spec.put("plan", planOf(spec));
      }
    }
  }

  private static void removeOldPlan(ObjectNode holder) {
    if (!PLANS.containsKey(holder.path("plan").asText())) {
      holder.remove("plan");
    }
  }

  private static String planOf(ObjectNode spec) {
    if (spec.hasNonNull("dedicated")) {
      return "ADVANCED";
    }
    JsonNode limits = spec.path("serverless").path("usage_limits");
    return limits.hasNonNull("provisioned_virtual_cpus") ? "STANDARD" : "BASIC";
  }

  private static void wholeUsageLimits(Operation<?, ?> operation, ObjectNode answer) {
    for (ObjectNode config : Members.serverless(answer)) {
      JsonNode limits = config.path("usage_limits");
      if (!limits.has("request_unit_limit") || !limits.has("storage_mib_limit")) {
        config.remove("usage_limits");
      }
    }
  }

  private static void folderLabels(Operation<?, ?> operation, ObjectNode answer) {
    Members.remove(objects(answer.get("folders")), "labels");
    Members.remove(objects(answer.get("resources")), "labels");
    if (answer.has("resource_id")) {
      answer.remove("labels");
    }
  }

  private static void laterRoles(Operation<?, ?> operation, ObjectNode answer) {
    Members.roleLists(answer)
        .forEach(
            roles ->
                Members.keep(roles, role -> !LATER_ROLES.contains(role.path("name").textValue())));
  }

  private static void auditEvents(Operation<?, ?> operation, ObjectNode answer) {
    Members.keep(
        answer.get("entries"), entry -> !entry.path("action").asText().contains(OWN_ACTIONS));
    for (ObjectNode entry : objects(answer.get("entries"))) {
      Members.rename(entry, "action", LATER_ACTIONS);
      entry.remove("system_actor_name");
      entry.set("payload", Json.read(entry.path("payload").asText("{}"), JsonNode.class));
    }
  }
}
