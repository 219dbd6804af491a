package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterTest {
  private static final String CLUSTERS = "/api/v1/clusters";

  private final TestServer server = TestServer.shared();
  private final TestOrganization organization = server.organization();
  private final ApiClient admin = organization.admin();

  @Test
  void a_cluster_is_creating_at_first_and_created_soon() {
    JsonNode cluster =
        admin.post(CLUSTERS, TestOrganization.standardCluster("notorious-moose")).ok();

    assertThat(cluster.path("state").asText()).isEqualTo("CREATING");
    assertThat(cluster.path("plan").asText()).isEqualTo("STANDARD");
    assertThat(cluster.path("config").path("serverless").path("usage_limits"))
        .isEqualTo(Json.MAPPER.valueToTree(Map.of("provisioned_virtual_cpus", "2")));
    organization.awaitState(cluster.path("id").asText(), "CREATED");
  }

  @Test
  void of_two_creations_of_the_same_name_at_once_exactly_one_wins() throws Exception {
    Callable<Integer> create =
        () -> admin.post(CLUSTERS, TestOrganization.standardCluster("only-one")).status();
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Integer> statuses =
          threads.invokeAll(List.of(create, create, create, create)).stream()
              .map(Future::resultNow)
              .toList();

      assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409, 409);
    }
    admin.post(CLUSTERS, TestOrganization.standardCluster("only-one")).isRefused(409, 6);
  }

  @Test
  void the_name_of_a_deleted_cluster_is_free_again() {
    String id = organization.cluster("come-and-go");
    admin.delete(CLUSTERS + "/" + id).ok();

    assertThat(organization.clusterInCreation("come-and-go")).isNotEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not json | body: is not valid JSON",
        "[] | body: must be a JSON object",
        "{\"name\":5} | name: must be a string",
        "{\"provider\":\"GPC\"} | provider: invalid value 'GPC'",
        "{\"spec\":[]} | spec: must be an object",
        "{\"spec\":{\"serverless\":{\"regions\":\"x\"}}} | spec.serverless.regions: must be a list",
        "{\"spec\":{\"dedicated\":{\"region_nodes\":{\"a\":99999999999}}}} | 32 bits",
        "{\"name\":\"Bad_Name\"} | name: must have 6 to 40",
        "{\"name\":\"no\"} | provider: must not be null",
      })
  void a_body_that_breaks_a_rule_is_refused_with_the_member_and_the_rule(
      String body, String message) {
    ApiClient.Answer answer = admin.post(CLUSTERS, body.strip()).isRefused(400, 3);

    assertThat(answer.message()).contains(message.strip());
    assertThat(admin.get(CLUSTERS).ok().path("clusters")).isEmpty();
  }

  @Test
  void plan_and_spec_must_fit() {
    var body =
        Map.of(
            "name", "misfit-cluster",
            "provider", "GCP",
            "plan", "ADVANCED",
            "spec", Map.of("serverless", Map.of("regions", List.of("us-central1"))));

    assertThat(admin.post(CLUSTERS, body).isRefused(400, 3).message()).contains("dedicated");
  }

  @Test
  void limits_of_another_plan_are_refused() {
    var limits = Map.of("request_unit_limit", "100");
    var body =
        Map.of(
            "name", "misfit-cluster",
            "provider", "GCP",
            "plan", "STANDARD",
            "spec",
                Map.of(
                    "serverless",
                    Map.of("regions", List.of("us-central1"), "usage_limits", limits)));

    assertThat(admin.post(CLUSTERS, body).isRefused(400, 3).message()).contains("plan BASIC");
  }

  @Test
  void an_unknown_region_is_refused_with_the_near_one() {
    var body =
        Map.of(
            "name", "lost-cluster",
            "provider", "GCP",
            "spec", Map.of("serverless", Map.of("regions", List.of("us-east-1"))));

    assertThat(admin.post(CLUSTERS, body).isRefused(400, 3).message())
        .isEqualTo(
            "invalid argument: invalid region name 'us-east-1' for GCP. Did you mean to use"
                + " 'us-east1'");
  }

  @Test
  void without_a_plan_the_limits_tell_it() {
    assertThat(planOf("by-cpus", Map.of("provisioned_virtual_cpus", "4"))).isEqualTo("STANDARD");
    assertThat(planOf("by-units", Map.of("request_unit_limit", "4"))).isEqualTo("BASIC");
    assertThat(planOf("by-none-at-all", Map.of())).isEqualTo("BASIC");
  }

  private String planOf(String name, Map<String, String> limits) {
    var body =
        Map.of(
            "name",
            name,
            "provider",
            "GCP",
            "spec",
            Map.of(
                "serverless", Map.of("regions", List.of("us-central1"), "usage_limits", limits)));
    return admin.post(CLUSTERS, body).ok().path("plan").asText();
  }

  @Test
  void every_documented_shape_of_patch_is_understood() {
    String id = organization.cluster("patched-cluster");

    patchCpus(id, Map.of("usage_limits", cpus("4")), "4");
    patchCpus(id, Map.of("serverless", Map.of("usage_limits", cpus("8"))), "8");
    patchCpus(id, Map.of("spec", Map.of("serverless", Map.of("usage_limits", cpus("2")))), "2");
  }

  private void patchCpus(String id, Object body, String expected) {
    admin.patch(CLUSTERS + "/" + id, body).ok();
    JsonNode cluster = organization.awaitState(id, "CREATED");
    assertThat(
            cluster
                .path("config")
                .path("serverless")
                .path("usage_limits")
                .path("provisioned_virtual_cpus")
                .asText())
        .isEqualTo(expected);
  }

  private static Map<String, String> cpus(String number) {
    return Map.of("provisioned_virtual_cpus", number);
  }

  @Test
  void a_cluster_in_creation_is_locked_against_changes() {
    String id = organization.clusterInCreation("busy-cluster");

    ApiClient.Answer answer = admin.patch(CLUSTERS + "/" + id, Map.of("labels", Map.of()));

    assertThat(answer.isRefused(503, 14).message()).contains("locked");
    assertThat(answer.header("Retry-After")).isPresent();
    organization.awaitState(id, "CREATED");
  }

  @Test
  void delete_protection_protects() {
    String id = organization.cluster("precious-cluster");
    admin.patch(CLUSTERS + "/" + id, Map.of("delete_protection", "ENABLED")).ok();

    admin.delete(CLUSTERS + "/" + id).isRefused(400, 9);

    admin.patch(CLUSTERS + "/" + id, Map.of("delete_protection", "DISABLED")).ok();
    assertThat(admin.delete(CLUSTERS + "/" + id).ok().path("state").asText()).isEqualTo("DELETED");
  }

  @Test
  void deleted_clusters_are_listed_only_on_request() {
    String id = organization.cluster("gone-cluster");
    admin.delete(CLUSTERS + "/" + id).ok();

    assertThat(admin.get(CLUSTERS).ok().path("clusters")).isEmpty();
    assertThat(admin.get(CLUSTERS + "?show_inactive=true").ok().path("clusters")).hasSize(1);
  }

  @Test
  void unknown_foreign_and_malformed_ids_are_not_found_alike() {
    String foreign = server.organization().clusterInCreation("foreign-cluster");

    for (String id : List.of(UUID.randomUUID().toString(), foreign, "not-an-id", "%00")) {
      assertThat(admin.get(CLUSTERS + "/" + id).isRefused(404, 5).message())
          .isEqualTo("cluster not found");
    }
  }

  @Test
  void the_nodes_of_an_advanced_cluster_are_listed_by_region() {
    var body =
        Map.of(
            "name", "advanced-cluster",
            "provider", "GCP",
            "spec",
                Map.of(
                    "dedicated",
                    Map.of(
                        "region_nodes",
                        Map.of("us-east1", 3, "us-central1", 3, "us-west1", 3),
                        "hardware",
                        Map.of("storage_gib", 15, "machine_spec", Map.of("num_virtual_cpus", 2)))));
    String id = admin.post(CLUSTERS, body).ok().path("id").asText();
    organization.awaitState(id, "CREATED");

    List<JsonNode> nodes = admin.walk(CLUSTERS + "/" + id + "/nodes", "nodes", 2);

    assertThat(nodes).hasSize(9).allMatch(node -> node.path("status").asText().equals("LIVE"));
    assertThat(nodes.getFirst().path("region_name").asText()).isEqualTo("us-central1");
  }

  @Test
  void the_one_node_of_a_standard_cluster_is_listed_as_it_really_is() throws Exception {
    String id = organization.cluster("standard-cluster");
    String nodes = CLUSTERS + "/" + id + "/nodes";

    assertThat(admin.get(nodes).ok().path("nodes"))
        .hasSize(1)
        .allMatch(node -> node.path("region_name").asText().equals("us-central1"))
        .allMatch(node -> node.path("status").asText().equals("LIVE"));

    Path lockFile =
        server.installation().directory().clusters().resolve(id).resolve("postmaster.pid");
    String pid = Files.readAllLines(lockFile).getFirst();
    new ProcessBuilder("kill", "-STOP", pid).start().waitFor();
    try {
      assertThat(admin.get(nodes).ok().path("nodes").path(0).path("status").asText())
          .isEqualTo("NOT_READY");
    } finally {
      new ProcessBuilder("kill", "-CONT", pid).start().waitFor();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nodes",
        "/sql-users",
        "/databases",
        "/connection-string",
      })
  void nothing_is_below_a_deleted_cluster_for_anyone_who_could_read_it(String below) {
    String id = organization.cluster("emptied-cluster");
    ApiClient holder = server.as(organization.account("CLUSTER_ADMIN", "CLUSTER", id).key());
    admin.delete(CLUSTERS + "/" + id).ok();

    for (ApiClient client : List.of(admin, holder)) {
      client.get(CLUSTERS + "/" + id + below).isRefused(404, 5);
    }
  }

  @Test
  void a_deleted_cluster_is_still_shown_to_whoever_could_read_it_and_to_nobody_else() {
    ApiClient creator =
        server.as(organization.account("CLUSTER_CREATOR", "ORGANIZATION", organization.id()).key());
    String id =
        creator
            .post(CLUSTERS, TestOrganization.standardCluster("made-to-go"))
            .ok()
            .path("id")
            .asText();
    organization.awaitState(id, "CREATED");
    TestOrganization.Account developer = organization.account("CLUSTER_DEVELOPER", "CLUSTER", id);
    ApiClient stranger =
        server.as(organization.account("CLUSTER_CREATOR", "ORGANIZATION", organization.id()).key());

    creator.delete(CLUSTERS + "/" + id).ok();

    for (ApiClient client : List.of(creator, server.as(developer.key()), admin)) {
      assertThat(client.get(CLUSTERS + "/" + id).ok().path("state").asText()).isEqualTo("DELETED");
    }
    creator.delete(CLUSTERS + "/" + id).isRefused(404, 5);
    stranger.get(CLUSTERS + "/" + id).isRefused(403, 7);
    assertThat(rolesOf(developer.id())).doesNotContain(id);
    admin.put("/api/v1/roles/" + developer.id(), Map.of("roles", List.of())).ok();
    server.as(developer.key()).get(CLUSTERS + "/" + id).isRefused(403, 7);
  }

  private String rolesOf(String account) {
    return admin.get("/api/v1/roles/" + account).ok().toString();
  }

  private static Map<String, Object> advancedCluster(String name, Map<String, Object> dedicated) {
    Map<String, Object> all = new HashMap<>();
    all.put("region_nodes", Map.of("us-east1", 3));
    all.put("hardware", Map.of("machine_spec", Map.of("num_virtual_cpus", 4)));
    all.putAll(dedicated);
    return Map.of("name", name, "provider", "GCP", "spec", Map.of("dedicated", all));
  }

  static List<Arguments> dedicatedThatBreaksARule() {
    var machine = Map.of("machine_spec", Map.of("machine_type", "n2-standard-0"));
    var large = Map.of("machine_spec", Map.of("machine_type", "n2-standard-2000"));
    var number = Map.of("machine_spec", Map.of("machine_type", "n2-standard-99999999999"));
    return List.of(
        arguments(Map.of("hardware", machine), 400, "not a machine type"),
        arguments(Map.of("hardware", large), 400, "not a machine type"),
        arguments(Map.of("hardware", number), 400, "not a machine type"),
        arguments(Map.of("region_nodes", Map.of("us-east1", 2)), 400, "at least 3 nodes"),
        arguments(Map.of("region_nodes", Map.of("a".repeat(5000), 3)), 400, "region_nodes"),
        arguments(Map.of("cidr_range", "banana"), 400, "cidr_range"),
        arguments(Map.of("cidr_range", "10.0.0.0/20"), 400, "cidr_range"),
        arguments(Map.of("cidr_range", "300.0.0.0/16"), 400, "cidr_range"),
        arguments(Map.of("restrict_egress_traffic", true), 501, "egress"),
        arguments(Map.of("region_machine_specs", Map.of("us-east1", Map.of())), 400, "give one"));
  }

  @ParameterizedTest
  @MethodSource("dedicatedThatBreaksARule")
  void an_advanced_cluster_that_breaks_a_rule_or_that_nobody_can_make_is_refused(
      Map<String, Object> dedicated, int status, String message) {
    var answer = admin.post(CLUSTERS, advancedCluster("not-this-one", dedicated));

    assertThat(answer.isRefused(status, status == 501 ? 12 : 3).message())
        .contains(message)
        .hasSizeLessThan(500);
    assertThat(admin.get(CLUSTERS).ok().path("clusters")).isEmpty();
  }

  @Test
  void an_advanced_cluster_keeps_its_machine_type_and_is_never_left_without_regions() {
    var hardware = Map.of("machine_spec", Map.of("machine_type", "n1-standard-4"));
    String id =
        admin
            .post(
                CLUSTERS,
                advancedCluster(
                    "advanced-one", Map.of("hardware", hardware, "cidr_range", "10.0.0.0/16")))
            .ok()
            .path("id")
            .asText();
    organization.awaitState(id, "CREATED");

    JsonNode cluster =
        admin.patch(CLUSTERS + "/" + id, "{\"dedicated\":{\"region_nodes\":{}}}").ok();
    assertThat(cluster.path("regions")).hasSize(1);
    assertThat(cluster.path("config").path("dedicated").path("machine_type").asText())
        .isEqualTo("n1-standard-4");
    var one = Map.of("dedicated", Map.of("region_nodes", Map.of("us-east1", 1)));
    assertThat(admin.patch(CLUSTERS + "/" + id, one).isRefused(400, 3).message())
        .contains("cannot go back to one");
  }

  @Test
  void limits_that_are_cleared_are_gone() {
    var limits = Map.of("request_unit_limit", "100", "storage_mib_limit", "100");
    var serverless = Map.of("regions", List.of("us-central1"), "usage_limits", limits);
    var body =
        Map.of("name", "once-limited", "provider", "GCP", "spec", Map.of("serverless", serverless));
    String id = admin.post(CLUSTERS, body).ok().path("id").asText();
    organization.awaitState(id, "CREATED");

    admin.patch(CLUSTERS + "/" + id, Map.of("usage_limits", Map.of())).ok();

    JsonNode cluster = organization.awaitState(id, "CREATED");
    assertThat(cluster.path("config").path("serverless").has("usage_limits")).isFalse();
  }

  @Test
  void an_upgrade_is_refused_wherever_it_is_asked_for() {
    String id = organization.cluster("never-upgraded");

    var upgrade = Map.of("cockroach_version", "v26.1");
    admin.patch(CLUSTERS + "/" + id, upgrade).isRefused(501, 12);
    admin.patch(CLUSTERS + "/" + id, Map.of("spec", upgrade)).isRefused(501, 12);
  }

  @Test
  void the_version_that_a_cluster_has_is_no_change_and_nonsense_is_refused() {
    String id = organization.cluster("same-version");
    String path = CLUSTERS + "/" + id;
    String full = admin.get(path).ok().path("cockroach_version").asText();
    String major = full.substring(0, full.lastIndexOf('.'));

    for (Object same :
        List.of(
            Map.of("cockroach_version", major),
            Map.of("cockroach_version", full),
            Map.of("cockroach_version", ""),
            Map.of("upgrade_status", "FINALIZED"),
            Map.of("spec", Map.of("cockroach_version", major)),
            Map.of("cockroach_version", major, "labels", Map.of("kept", "too")))) {
      JsonNode after = admin.patch(path, same).ok();
      assertThat(after.path("cockroach_version").asText()).isEqualTo(full);
      assertThat(after.path("state").asText()).isEqualTo("CREATED");
    }
    assertThat(admin.get(path).ok().at("/labels/kept").asText()).isEqualTo("too");
    for (Object nonsense :
        List.of(
            Map.of("cockroach_version", "banana"),
            Map.of("cockroach_version", "v1.0"),
            Map.of("cockroach_version", major + ".99"),
            Map.of("cockroach_version", "v24.3"),
            Map.of("cockroach_version", 25),
            Map.of("upgrade_status", "DONE"),
            Map.of("upgrade_status", "ROLLBACK_RUNNING"),
            Map.of("cockroach_version", major, "upgrade_status", "FINALIZED"))) {
      assertThat(admin.patch(path, nonsense).isRefused(400, 3).message())
          .containsAnyOf("cockroach_version", "upgrade_status");
    }
  }

  @Test
  void a_parameter_may_be_written_in_camel_case() {
    admin.get(CLUSTERS + "?showInactive=true&pagination.sortOrder=DESC").ok();
    admin.get(CLUSTERS + "?showInactive=perhaps").isRefused(400, 3);
  }

  @Test
  void who_may_not_move_something_somewhere_does_not_learn_whether_there_is_such_a_place() {
    String id = organization.cluster("stays-here");
    String folder = organization.folder("Not for them", "root");
    ApiClient developer = server.as(organization.account("CLUSTER_DEVELOPER", "CLUSTER", id).key());

    for (String place : List.of(folder, UUID.randomUUID().toString(), "no-id")) {
      developer.patch(CLUSTERS + "/" + id, Map.of("parent_id", place)).isRefused(403, 7);
    }
    admin
        .patch(CLUSTERS + "/" + id, Map.of("parent_id", UUID.randomUUID().toString()))
        .isRefused(400, 3);
  }
}
