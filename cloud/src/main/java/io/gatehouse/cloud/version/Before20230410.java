package io.gatehouse.cloud.version;

import static io.gatehouse.cloud.version.Members.clusters;
import static io.gatehouse.cloud.version.VersionChange.inAnswers;
import static io.gatehouse.cloud.version.VersionChange.inRequests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.error.Violation;
import io.gatehouse.platform.operation.Operation;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was different in 2022-09-20. */
final class Before20230410 {
  private static final String ROLE_PREFIX = "ORG_ROLE_";
  private static final String VISIBILITY_PREFIX = "NETWORK_VISIBILITY_";
  private static final String OS_PREFIX = "OS_";
  private static final Pattern ROLE_MEMBER = Pattern.compile("role_name|roles\\[\\d+]\\.name");
  private static final Pattern VISIBILITY_MEMBER =
      Pattern.compile("spec\\.dedicated\\.network_visibility");
  private static final Pattern OS_MEMBER = Pattern.compile("os");
  private static final Pattern USAGE_LIMITS = Pattern.compile("((?:.*\\.)?)usage_limits(?:\\..*)?");
  private static final Map<String, String> EGRESS_POLICIES =
      Map.of(
          "UNSPECIFIED", "POLICY_UNSPECIFIED",
          "ERROR", "POLICY_ERROR",
          "UPDATING", "POLICY_UPDATING");
  private static final Map<String, String> STATUSES =
      Map.of("UNSPECIFIED", "CLUSTER_STATUS_UNSPECIFIED");

  private Before20230410() {}

  static final List<VersionChange> CHANGES =
      List.of(
          inAnswers(
                  "there were no usage limits",
                  (operation, answer) -> Members.remove(Members.serverless(answer), "usage_limits"))
              .inErrors(Before20230410::spendLimit),
          inAnswers(
              "clusters stood in no folder and had no delete protection",
              (operation, answer) ->
                  Members.remove(clusters(answer), "parent_id", "delete_protection")),
          inAnswers(
              "regions had no private endpoint",
              (operation, answer) ->
                  Members.remove(Members.regionsOfClusters(answer), "private_endpoint_dns")),
          inAnswers("some values had a prefix", Before20230410::prefixes),
          inRequests("network visibility had a prefix", Before20230410::visibility)
              .prefixedInErrors(VISIBILITY_MEMBER, VISIBILITY_PREFIX),
          inRequests(
                  "operating systems had a prefix",
                  (operation, request) ->
                      Members.replace(request, "os", text -> without(OS_PREFIX, text)))
              .prefixedInErrors(OS_MEMBER, OS_PREFIX),
          inAnswers("roles had a prefix, and none was on a folder", Before20230410::roles),
          inRequests("roles had a prefix", Before20230410::rolesUp)
              .prefixedInErrors(ROLE_MEMBER, ROLE_PREFIX),
          inAnswers(
              "nobody held roles through groups",
              (operation, answer) -> answer.remove(List.of("group_roles", "user_group_grants"))),
          inAnswers("Azure was not served", Before20230410::withoutAzure));

  /** Whatever is wrong with limits of usage comes of what it may cost, which became those. */
  private static Violation spendLimit(Violation broken) {
    Matcher limits = USAGE_LIMITS.matcher(broken.member());
    return limits.matches() ? broken.at(limits.group(1) + SpendLimit.MEMBER) : broken;
  }

  private static void withoutAzure(Operation<?, ?> operation, ObjectNode answer) {
    Members.keep(answer.get("clusters"), one -> isServed(one, "cloud_provider"));
    if (operation.id().equals("ListAvailableRegions")) {
      Members.keep(answer.get("regions"), one -> isServed(one, "provider"));
    }
    if (operation.id().equals("GetCluster") && !isServed(answer, "cloud_provider")) {
      throw GatehouseException.notFound("cluster");
    }
  }

  private static boolean isServed(JsonNode one, String provider) {
    return !one.path(provider).asText().equals("AZURE");
  }

  private static void prefixes(Operation<?, ?> operation, ObjectNode answer) {
    for (ObjectNode cluster : clusters(answer)) {
      Members.rename(cluster, "egress_traffic_policy", EGRESS_POLICIES);
      Members.rename(cluster, "operation_status", STATUSES);
      Members.replace(cluster, "network_visibility", text -> VISIBILITY_PREFIX + text);
    }
  }

  private static void visibility(Operation<?, ?> operation, ObjectNode request) {
    if (request.path("spec").get("dedicated") instanceof ObjectNode dedicated) {
      Members.replace(dedicated, "network_visibility", text -> without(VISIBILITY_PREFIX, text));
    }
  }

  private static void roles(Operation<?, ?> operation, ObjectNode answer) {
    for (var roles : Members.roleLists(answer)) {
      Members.keep(roles, Before20230410::isKnown);
      Members.objects(roles)
          .forEach(role -> Members.replace(role, "name", text -> ROLE_PREFIX + text));
    }
  }

  private static boolean isKnown(JsonNode role) {
    return !role.path("name").asText().startsWith("FOLDER_")
        && !role.path("resource").path("type").asText().equals("FOLDER");
  }

  private static void rolesUp(Operation<?, ?> operation, ObjectNode request) {
    Members.replace(request, "role_name", text -> without(ROLE_PREFIX, text));
    Members.roleLists(request)
        .forEach(
            roles ->
                Members.objects(roles)
                    .forEach(
                        role -> Members.replace(role, "name", text -> without(ROLE_PREFIX, text))));
  }

  private static String without(String prefix, String text) {
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }
}
