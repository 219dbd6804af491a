package io.gatehouse.cloud.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.cloud.CloudModule;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.error.Violation;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.protocol.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionChainTest {
  private static final String CLUSTER =
      """
      {"id": "1", "name": "a-cluster", "cockroach_version": "v25.4.0", "upgrade_status": "FINALIZED",
       "plan": "BASIC", "cloud_provider": "GCP", "state": "CREATED", "state_reason": "none",
       "operation_status": "UNSPECIFIED", "egress_traffic_policy": "UNSPECIFIED",
       "network_visibility": "PUBLIC", "sql_dns": "host", "parent_id": "root",
       "delete_protection": "DISABLED", "labels": {"a": "b"}, "cidr_range": "",
       "is_customer_cloud_account": false,
       "config": {"serverless": {"routing_id": "a-cluster-1234", "upgrade_type": "AUTOMATIC",
         "usage_limits": {"request_unit_limit": "5", "storage_mib_limit": "6"}}},
       "regions": [{"name": "us-east1", "sql_dns": "host", "internal_dns": "",
         "private_endpoint_dns": "", "node_count": 0, "primary": true,
         "machine_type": "", "num_virtual_cpus": 2, "disk_iops": 0}]}
      """;
  private static final String ROLES =
      """
      [{"name": "ORG_ADMIN", "resource": {"type": "ORGANIZATION"}},
       {"name": "CLUSTER_ADMIN", "resource": {"type": "CLUSTER", "id": "1"}},
       {"name": "CLUSTER_ADMIN", "resource": {"type": "FOLDER", "id": "2"}},
       {"name": "FOLDER_ADMIN", "resource": {"type": "ORGANIZATION"}},
       {"name": "METRICS_VIEWER", "resource": {"type": "ORGANIZATION"}}]
      """;

  /** Requests in the newest form. */
  private static final Map<String, String> REQUESTS =
      Map.of(
          "CreateCluster",
          """
          {"name": "a-cluster", "provider": "GCP", "plan": "ADVANCED", "spec": {"dedicated": {
            "region_nodes": {"us-east1": 3}, "network_visibility": "PRIVATE"}}}
          """,
          "ListClusters",
          """
          {"pagination": {"page": "token", "limit": 5, "sort_order": "DESC"}}
          """,
          "UpdateCluster",
          """
          {"plan": "STANDARD", "serverless": {"usage_limits": {"provisioned_virtual_cpus": "4"}}}
          """,
          "CreateSQLUser",
          """
          {"name": "ann", "password": "secret"}
          """,
          "GetConnectionString",
          """
          {"sql_user": "ann", "os": "LINUX"}
          """,
          "AddUserToRole",
          """
          {"user_id": "1", "resource_type": "ORGANIZATION", "role_name": "ORG_ADMIN"}
          """,
          "SetRolesForUser",
          """
          {"user_id": "1", "roles": %s}
          """
              .formatted(ROLES));

  private static Operation<?, ?> operation(String id) {
    return CloudModule.OPERATIONS.stream()
        .filter(operation -> operation.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no operation " + id));
  }

  private static ObjectNode object(String json) {
    return Json.read(json, ObjectNode.class);
  }

  private static ObjectNode up(ApiVersion version, String operation, String request) {
    return version(version).upgrade(operation(operation), object(request));
  }

  private static JsonNode down(ApiVersion version, String operation, String answer) {
    return version(version).downgrade(operation(operation), object(answer));
  }

  private static Version version(ApiVersion dated) {
    return new CloudVersions(ApiVersion.NEWEST).agree(Optional.of(dated.date()));
  }

  private static ObjectNode cluster(String member, String value) {
    return object(CLUSTER).put(member, value);
  }

  private static List<String> names(List<VersionChange> changes) {
    return changes.stream().map(VersionChange::name).toList();
  }

  @Test
  void every_change_is_declared_in_exactly_one_place() {
    List<VersionChange> all = VersionChain.changesSince(ApiVersion.V2022_03_31);

    assertThat(names(all)).doesNotHaveDuplicates();
    assertThat(all).doesNotHaveDuplicates();
  }

  @Test
  void a_version_has_changes_of_its_own_before_all_those_of_the_next() {
    List<ApiVersion> versions = Arrays.asList(ApiVersion.values());
    for (int i = 0; i + 1 < versions.size(); i++) {
      List<VersionChange> changes = VersionChain.changesSince(versions.get(i));
      List<VersionChange> later = VersionChain.changesSince(versions.get(i + 1));

      assertThat(changes.size()).as(versions.get(i).date()).isGreaterThan(later.size());
      assertThat(changes).as(versions.get(i).date()).endsWith(later.toArray(VersionChange[]::new));
    }
    assertThat(VersionChain.changesSince(ApiVersion.NEWEST)).isEmpty();
  }

  @Test
  void versions_stand_in_the_order_of_their_dates_and_are_named_by_nothing_else() {
    assertThat(Arrays.stream(ApiVersion.values()).map(ApiVersion::date)).isSorted();
    for (ApiVersion version : ApiVersion.values()) {
      assertThat(ApiVersion.named(version.date())).contains(version);
    }
    assertThat(ApiVersion.named("latest")).contains(ApiVersion.NEWEST);
    for (String none : List.of("", "LATEST", "2022-03-32", "2022-3-31", " 2022-03-31")) {
      assertThat(ApiVersion.named(none)).as(none).isEmpty();
    }
  }

  @Test
  void every_change_changes_something() {
    List<String> idle = new ArrayList<>();
    for (VersionChange change : VersionChain.changesSince(ApiVersion.V2022_03_31)) {
      if (!changesAny(change.up(), olderRequests()) && !changesAny(change.down(), answers())) {
        idle.add(change.name());
      }
    }

    assertThat(idle).isEmpty();
  }

  private static boolean changesAny(VersionChange.Step step, Map<String, String> samples) {
    return samples.entrySet().stream()
        .anyMatch(
            sample -> {
              ObjectNode node = object(sample.getValue());
              step.apply(operation(sample.getKey()), node);
              return !node.equals(object(sample.getValue()));
            });
  }

  /** Requests as one or another of the older versions has them. */
  private static Map<String, String> olderRequests() {
    return Map.of(
        "CreateCluster",
        """
        {"name": "a-cluster", "provider": "CLOUD_PROVIDER_UNSPECIFIED", "plan": "DEDICATED", "spec": {
          "serverless": {"regions": ["us-east1"], "spend_limit": 0},
          "dedicated": {"network_visibility": "NETWORK_VISIBILITY_PRIVATE"}}}
        """,
        "ListClusters",
        """
        {"pagination": {"direction": "PAGE_DIRECTION_NEXT", "start_key": "token", "order": "DESC"}}
        """,
        "GetConnectionString",
        """
        {"os": "OS_LINUX"}
        """,
        "AddUserToRole",
        """
        {"role_name": "ORG_ROLE_ORG_ADMIN"}
        """);
  }

  /** Answers in the newest form. */
  private static Map<String, String> answers() {
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("GetCluster", CLUSTER);
    answers.put("DeleteCluster", CLUSTER);
    answers.put("CreateCluster", CLUSTER.replace("\"storage_mib_limit\": \"6\"", "\"a\": 1"));
    answers.put(
        "ListClusters",
        """
        {"clusters": [%s], "pagination": {"next_page": "a", "previous_page": "b"}}
        """
            .formatted(CLUSTER));
    answers.put("ListClusterNodes", "{\"nodes\": [{\"name\": \"a\", \"status\": \"LIVE\"}]}");
    answers.put("ListAvailableRegions", "{\"regions\": [{\"provider\": \"AZURE\"}]}");
    answers.put("GetAllRolesForUser", "{\"roles\": %s, \"group_roles\": []}".formatted(ROLES));
    answers.put("ListFolders", "{\"folders\": [{\"name\": \"a\", \"labels\": {}}]}");
    answers.put(
        "ListAuditLogs", "{\"entries\": [{\"action\": \"A\", \"payload\": \"{\\\"a\\\": 1}\"}]}");
    return answers;
  }

  @ParameterizedTest
  @EnumSource(ApiVersion.class)
  void who_speaks_the_form_of_today_is_understood_in_every_version(ApiVersion version) {
    REQUESTS.forEach(
        (operation, request) ->
            assertThat(up(version, operation, request))
                .as(operation + " in " + version)
                .isEqualTo(object(request)));
  }

  @Test
  void an_answer_in_the_newest_version_stays_as_it_is() {
    answers()
        .forEach(
            (operation, answer) ->
                assertThat(down(ApiVersion.NEWEST, operation, answer)).isEqualTo(object(answer)));
  }

  @ParameterizedTest
  @CsvSource({
    "V2022_03_31, provider, AWS, cloud_provider",
    "V2022_07_12, provider, AWS, cloud_provider",
    "V2023_04_10, provider, AZURE, cloud_provider",
  })
  void a_provider_is_told_as_it_was_asked_for(
      ApiVersion version, String member, String value, String shown) {
    ObjectNode lifted = up(version, "CreateCluster", "{\"%s\": \"%s\"}".formatted(member, value));
    ObjectNode answer = cluster(shown, lifted.path(member).asText());

    assertThat(down(version, "CreateCluster", answer.toString()).path(shown).asText())
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "V2022_09_20, NETWORK_VISIBILITY_PRIVATE",
    "V2023_04_10, PRIVATE",
    "V2024_09_16, PRIVATE"
  })
  void network_visibility_is_told_as_it_was_asked_for(ApiVersion version, String value) {
    ObjectNode lifted =
        up(
            version,
            "CreateCluster",
            "{\"spec\": {\"dedicated\": {\"network_visibility\": \"%s\"}}}".formatted(value));
    String newest = lifted.at("/spec/dedicated/network_visibility").asText();
    ObjectNode answer = cluster("network_visibility", newest);

    assertThat(newest).isEqualTo("PRIVATE");
    assertThat(down(version, "GetCluster", answer.toString()).path("network_visibility").asText())
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "V2022_09_20, ORG_ROLE_ORG_ADMIN, ORG_ROLE_CLUSTER_ADMIN",
    "V2023_04_10, ORG_ADMIN, CLUSTER_ADMIN"
  })
  void roles_are_told_as_they_were_given(ApiVersion version, String first, String second) {
    String given =
        """
        {"roles": [{"name": "%s", "resource": {"type": "ORGANIZATION"}},
                   {"name": "%s", "resource": {"type": "CLUSTER", "id": "1"}}]}
        """
            .formatted(first, second);
    ObjectNode lifted = up(version, "SetRolesForUser", given);

    assertThat(lifted.path("roles").findValuesAsText("name"))
        .containsExactly("ORG_ADMIN", "CLUSTER_ADMIN");
    assertThat(down(version, "SetRolesForUser", lifted.toString())).isEqualTo(object(given));
  }

  @ParameterizedTest
  @CsvSource({
    "V2022_03_31, SERVERLESS, SERVERLESS, DEDICATED",
    "V2022_07_12, SERVERLESS, SERVERLESS, DEDICATED",
    "V2023_04_10, SERVERLESS, SERVERLESS, DEDICATED",
    "V2024_09_16, BASIC, STANDARD, ADVANCED"
  })
  void plans_are_told_by_the_names_of_the_version(
      ApiVersion version, String basic, String standard, String advanced) {
    Map<String, String> shown = Map.of("BASIC", basic, "STANDARD", standard, "ADVANCED", advanced);
    shown.forEach(
        (plan, name) ->
            assertThat(down(version, "GetCluster", cluster("plan", plan).toString()).path("plan"))
                .isEqualTo(cluster("plan", name).path("plan")));
  }

  @ParameterizedTest
  @CsvSource({
    "V2022_03_31, CLUSTER_STATUS_UNSPECIFIED, CRDB_SCALE_RUNNING",
    "V2022_07_12, CLUSTER_STATUS_UNSPECIFIED, CRDB_SCALE_RUNNING",
    "V2022_09_20, CLUSTER_STATUS_UNSPECIFIED, CRDB_SCALE_RUNNING",
    "V2023_04_10, UNSPECIFIED, CRDB_SCALE_RUNNING"
  })
  void an_operation_status_has_one_prefix_at_most(
      ApiVersion version, String unspecified, String running) {
    for (var expected :
        Map.of("UNSPECIFIED", unspecified, "CRDB_SCALE_RUNNING", running).entrySet()) {
      ObjectNode answer = cluster("operation_status", expected.getKey());

      assertThat(down(version, "GetCluster", answer.toString()).path("operation_status").asText())
          .isEqualTo(expected.getValue());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "V2022_09_20, UNSPECIFIED, POLICY_UNSPECIFIED",
    "V2022_09_20, ERROR, POLICY_ERROR",
    "V2022_09_20, DEFAULT_DENY, DEFAULT_DENY",
    "V2023_04_10, UNSPECIFIED, UNSPECIFIED"
  })
  void only_a_policy_of_egress_that_is_none_had_a_prefix(
      ApiVersion version, String policy, String shown) {
    ObjectNode answer = cluster("egress_traffic_policy", policy);

    assertThat(
            down(version, "GetCluster", answer.toString()).path("egress_traffic_policy").asText())
        .isEqualTo(shown);
  }

  @Test
  void a_page_is_asked_for_and_told_by_the_names_of_the_first_version() {
    ObjectNode lifted =
        up(
            ApiVersion.V2022_03_31,
            "ListClusters",
            """
            {"pagination": {"start_key": "token", "limit": 5, "order": "DESC"}}
            """);
    JsonNode told =
        down(
            ApiVersion.V2022_03_31,
            "ListClusters",
            """
            {"clusters": [], "pagination": {"next_page": "after", "previous_page": "before"}}
            """);

    assertThat(lifted).isEqualTo(object(REQUESTS.getOrDefault("ListClusters", "{}")));
    assertThat(told.path("pagination"))
        .isEqualTo(object("{\"next\": \"after\", \"last\": \"before\"}"));
  }

  private static String told(ApiVersion version, Violation broken) {
    return String.valueOf(
        version(version).downgrade(GatehouseException.invalid(List.of(broken))).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "pagination.page, pagination.start_key",
    "pagination.sort_order, pagination.order",
    "pagination.as_of_time, pagination.time",
    "pagination.limit, pagination.limit",
    "page, page",
  })
  void an_error_names_the_members_of_the_first_version(String newest, String first) {
    Violation broken = Violation.of(newest, "is 100 % wrong");

    assertThat(told(ApiVersion.V2022_03_31, broken))
        .isEqualTo("invalid argument: " + first + ": is 100 % wrong");
    assertThat(told(ApiVersion.V2022_07_12, broken))
        .isEqualTo("invalid argument: " + newest + ": is 100 % wrong");
  }

  @ParameterizedTest
  @CsvSource({
    "role_name, ORG_ROLE_",
    "roles[12].name, ORG_ROLE_",
    "os, OS_",
    "spec.dedicated.network_visibility, NETWORK_VISIBILITY_",
    "roles[0].resource.type, ''",
  })
  void an_error_names_values_with_the_prefix_that_they_had(String member, String prefix) {
    Violation broken = new Violation(member, "%s is not %s", List.of("ONE", "OTHER"));
    String rule = "invalid argument: " + member + ": ";

    assertThat(told(ApiVersion.V2022_03_31, broken))
        .isEqualTo(rule + prefix + "ONE is not " + prefix + "OTHER");
    assertThat(told(ApiVersion.V2023_04_10, broken)).isEqualTo(rule + "ONE is not OTHER");
  }

  @Test
  void an_error_of_usage_limits_names_what_a_cluster_may_cost_where_that_was_the_limit() {
    Violation broken = Violation.of("spec.serverless.usage_limits.request_unit_limit", "is bad");

    assertThat(told(ApiVersion.V2022_09_20, broken))
        .isEqualTo("invalid argument: spec.serverless.spend_limit: is bad");
    assertThat(told(ApiVersion.V2023_04_10, broken)).contains("usage_limits.request_unit_limit");
  }

  @Test
  void an_error_of_a_later_change_is_told_in_the_terms_of_the_version() {
    String request = "{\"spec\": {\"serverless\": {\"spend_limit\": -1}}}";

    for (ApiVersion version : List.of(ApiVersion.V2022_03_31, ApiVersion.V2023_04_10)) {
      assertThatThrownBy(() -> up(version, "CreateCluster", request))
          .hasMessageStartingWith("invalid argument: spec.serverless.spend_limit: ");
    }
  }

  @Test
  void a_direction_is_that_of_the_key_and_needs_one_to_go_back() {
    for (String direction : List.of("PAGE_DIRECTION_NEXT", "PAGE_DIRECTION_LAST")) {
      String request =
          "{\"pagination\": {\"start_key\": \"t\", \"direction\": \"%s\"}}".formatted(direction);
      assertThat(up(ApiVersion.V2022_03_31, "ListClusters", request))
          .isEqualTo(object("{\"pagination\": {\"page\": \"t\"}}"));
    }
    for (String direction : List.of("PAGE_DIRECTION_LAST", "UP")) {
      String request = "{\"pagination\": {\"direction\": \"%s\"}}".formatted(direction);
      assertThatThrownBy(() -> up(ApiVersion.V2022_03_31, "ListClusters", request))
          .isInstanceOf(GatehouseException.class)
          .hasMessageContaining("pagination.direction: ");
    }
  }

  @Test
  void a_provider_that_is_none_is_not_there_in_the_first_version_alone() {
    String request = "{\"provider\": \"CLOUD_PROVIDER_UNSPECIFIED\"}";

    assertThat(up(ApiVersion.V2022_03_31, "ListAvailableRegions", request).has("provider"))
        .isFalse();
    assertThat(up(ApiVersion.V2022_07_12, "ListAvailableRegions", request).has("provider"))
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(ApiVersion.class)
  void changes_answer_with_what_they_changed_in_every_version(ApiVersion version) {
    assertThat(down(version, "UpdateCluster", CLUSTER).has("id")).isTrue();
    assertThat(down(version, "DeleteCluster", CLUSTER).has("id")).isTrue();
    assertThat(down(version, "CreateSQLUser", "{\"name\": \"ann\"}"))
        .isEqualTo(object("{\"name\": \"ann\"}"));
    assertThat(down(version, "DeleteSQLUser", "{\"name\": \"ann\"}"))
        .isEqualTo(object("{\"name\": \"ann\"}"));
  }

  @Test
  void a_refused_read_has_an_action_that_older_versions_know() {
    String event = "{\"entries\": [{\"action\": \"AUDIT_LOG_ACTION_READ\", \"payload\": \"{}\"}]}";

    assertThat(
            down(ApiVersion.V2023_04_10, "ListAuditLogs", event).at("/entries/0/action").asText())
        .isEqualTo("AUDIT_LOG_ACTION_USER_LOGIN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"V2022_03_31", "V2022_07_12", "V2022_09_20", "V2023_04_10"})
  void the_plans_of_yesterday_are_those_that_fit_the_rest_of_the_request(ApiVersion version) {
    assertThat(planOf(version, "{\"spec\": {\"serverless\": {}}}")).isEqualTo("BASIC");
    assertThat(planOf(version, "{\"plan\": \"SERVERLESS\", \"spec\": {\"serverless\": {}}}"))
        .isEqualTo("BASIC");
    assertThat(planOf(version, "{\"spec\": {\"plan\": \"DEDICATED\", \"dedicated\": {}}}"))
        .isEqualTo("ADVANCED");
    assertThat(
            planOf(
                version,
                """
                {"spec": {"serverless": {"usage_limits": {"provisioned_virtual_cpus": "2"}}}}
                """))
        .isEqualTo("STANDARD");
  }

  private static String planOf(ApiVersion version, String request) {
    ObjectNode lifted = up(version, "CreateCluster", request);
    assertThat(lifted.has("plan")).isFalse();
    return lifted.at("/spec/plan").asText();
  }

  @Test
  void a_role_that_a_version_did_not_know_is_not_told_in_it() {
    String roles = "{\"roles\": %s}".formatted(ROLES);

    assertThat(namesOfRoles(ApiVersion.NEWEST, "GetAllRolesForUser", roles)).hasSize(5);
    assertThat(namesOfRoles(ApiVersion.V2023_04_10, "GetAllRolesForUser", roles))
        .containsExactly("ORG_ADMIN", "CLUSTER_ADMIN", "CLUSTER_ADMIN", "FOLDER_ADMIN");
    assertThat(namesOfRoles(ApiVersion.V2022_09_20, "GetAllRolesForUser", roles))
        .containsExactly("ORG_ROLE_ORG_ADMIN", "ORG_ROLE_CLUSTER_ADMIN");
  }

  @ParameterizedTest
  @CsvSource({"ListRoleGrants, grants", "ListServiceAccounts, service_accounts"})
  void roles_in_a_list_are_told_as_by_themselves(String operation, String list) {
    String answer = "{\"%s\": [{\"roles\": %s}, {\"roles\": []}]}".formatted(list, ROLES);

    assertThat(namesOfRoles(ApiVersion.V2022_09_20, operation, answer))
        .containsExactly("ORG_ROLE_ORG_ADMIN", "ORG_ROLE_CLUSTER_ADMIN");
  }

  private static List<String> namesOfRoles(ApiVersion version, String operation, String answer) {
    return down(version, operation, answer).findValuesAsText("name");
  }

  @ParameterizedTest
  @EnumSource(ApiVersion.class)
  void a_cluster_in_a_list_is_shown_as_by_itself(ApiVersion version) {
    JsonNode alone = down(version, "GetCluster", CLUSTER);
    JsonNode list =
        down(version, "ListClusters", "{\"clusters\": [%s, %s]}".formatted(CLUSTER, CLUSTER));

    assertThat(list.path("clusters")).containsExactly(alone, alone);
  }

  @ParameterizedTest
  @CsvSource({
    "V2023_04_10, '', labels cidr_range is_customer_cloud_account state_reason",
    "V2022_09_20, V2023_04_10, parent_id delete_protection",
    "V2022_07_12, V2022_09_20, egress_traffic_policy network_visibility sql_dns upgrade_status",
    "V2022_03_31, V2022_07_12, ''"
  })
  void a_cluster_shows_all_members_but_those_that_came_later(
      ApiVersion version, String next, String cameWithIt) {
    ApiVersion later = next.isEmpty() ? ApiVersion.NEWEST : ApiVersion.valueOf(next);
    List<String> expected = members(later);
    expected.removeAll(List.of(cameWithIt.split(" ", -1)));

    assertThat(members(version)).isEqualTo(expected);
  }

  private static List<String> members(ApiVersion version) {
    List<String> members = new ArrayList<>();
    down(version, "GetCluster", CLUSTER).fieldNames().forEachRemaining(members::add);
    return members;
  }

  @Test
  void limits_are_told_to_who_knew_both_of_them_only_when_both_are_there() {
    String half = CLUSTER.replace("\"storage_mib_limit\"", "\"provisioned_virtual_cpus\"");

    assertThat(limits(ApiVersion.V2023_04_10, CLUSTER)).hasSize(2);
    assertThat(limits(ApiVersion.V2023_04_10, half)).isEmpty();
    assertThat(limits(ApiVersion.NEWEST, half)).hasSize(2);
    assertThat(limits(ApiVersion.V2022_09_20, CLUSTER)).isEmpty();
  }

  private static JsonNode limits(ApiVersion version, String cluster) {
    return down(version, "GetCluster", cluster).at("/config/serverless/usage_limits");
  }

  @Test
  void what_stands_on_Azure_is_not_there_for_who_did_not_know_it() {
    ObjectNode azure = cluster("cloud_provider", "AZURE");
    String list = "{\"clusters\": [%s, %s]}".formatted(azure, CLUSTER);
    String regions = "{\"regions\": [{\"provider\": \"AZURE\"}, {\"provider\": \"GCP\"}]}";

    assertThat(down(ApiVersion.V2022_09_20, "ListClusters", list).path("clusters")).hasSize(1);
    assertThat(down(ApiVersion.V2023_04_10, "ListClusters", list).path("clusters")).hasSize(2);
    assertThat(down(ApiVersion.V2022_09_20, "ListAvailableRegions", regions))
        .isEqualTo(object("{\"regions\": [{\"provider\": \"GCP\"}]}"));
    assertThatThrownBy(() -> down(ApiVersion.V2022_09_20, "GetCluster", azure.toString()))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("cluster not found");
  }

  @Test
  void the_payload_of_an_event_was_an_object_once_and_is_told_whole() {
    String event =
        """
        {"entries": [{"action": "A", "payload": "{\\"a\\": {\\"b\\": [1]}}"}]}
        """;

    assertThat(down(ApiVersion.V2023_04_10, "ListAuditLogs", event).at("/entries/0/payload"))
        .isEqualTo(object("{\"a\": {\"b\": [1]}}"));
    assertThat(down(ApiVersion.NEWEST, "ListAuditLogs", event).at("/entries/0/payload").isTextual())
        .isTrue();
  }
}
