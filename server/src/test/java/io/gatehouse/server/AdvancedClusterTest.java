package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The regions of ADVANCED clusters: their machines, and what stands beside them on AWS. */
class AdvancedClusterTest {
  private static final String CLUSTERS = "/api/v1/clusters";

  private final TestServer server = TestServer.shared();
  private final TestOrganization organization = server.organization();
  private final ApiClient admin = organization.admin();

  private static Map<String, Object> body(
      String name, String provider, Map<String, Object> dedicated) {
    return Map.of("name", name, "provider", provider, "spec", Map.of("dedicated", dedicated));
  }

  private static Map<String, Object> dedicated(
      Map<String, Integer> regions, Map<String, Object> hardware, Map<String, Object> machines) {
    Map<String, Object> dedicated = new HashMap<>();
    dedicated.put("region_nodes", regions);
    dedicated.put("hardware", hardware);
    if (!machines.isEmpty()) {
      dedicated.put("region_machine_specs", machines);
    }
    return dedicated;
  }

  private static Map<String, Object> cpus(int number) {
    return Map.of("num_virtual_cpus", number);
  }

  private String create(Map<String, Object> body) {
    String id = admin.post(CLUSTERS, body).ok().path("id").asText();
    organization.awaitState(id, "CREATED");
    return CLUSTERS + "/" + id;
  }

  private JsonNode patch(String path, Map<String, Object> dedicated) {
    String id = admin.patch(path, Map.of("dedicated", dedicated)).ok().path("id").asText();
    return organization.awaitState(id, "CREATED");
  }

  private static List<String> machines(JsonNode cluster) {
    return cluster
        .path("regions")
        .valueStream()
        .map(
            region ->
                "%s %s %d"
                    .formatted(
                        region.path("name").asText(),
                        region.path("machine_type").asText(),
                        region.path("num_virtual_cpus").asInt()))
        .toList();
  }

  private static String whole(JsonNode cluster) {
    return cluster.at("/config/dedicated/machine_type").asText();
  }

  @Test
  void each_region_of_an_advanced_cluster_on_aws_has_an_s3_endpoint_of_its_own() {
    Map<String, Integer> regions = Map.of("us-east-1", 3, "us-west-2", 3, "eu-west-1", 3);
    String path =
        create(
            body(
                "endpoints-on-aws",
                "AWS",
                dedicated(regions, Map.of("machine_spec", cpus(4)), Map.of())));

    List<String> first =
        admin.get(path).ok().path("regions").findValuesAsText("s3_vpc_endpoint_id");

    assertThat(first)
        .hasSize(3)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("vpce-[0-9a-f]{17}"));
    patch(path, Map.of("hardware", Map.of("machine_spec", cpus(8))));
    assertThat(admin.get(path).ok().path("regions").findValuesAsText("s3_vpc_endpoint_id"))
        .isEqualTo(first);
    assertThat(admin.speaking("2023-04-10").get(path).response().body()).doesNotContain("vpce-");
  }

  @Test
  void other_clusters_have_no_s3_endpoint() {
    Map<String, Object> serverless = Map.of("regions", List.of("us-east-1"));
    admin
        .post(
            CLUSTERS,
            Map.of(
                "name",
                "basic-on-aws",
                "provider",
                "AWS",
                "spec",
                Map.of("serverless", serverless)))
        .ok();
    admin
        .post(
            CLUSTERS,
            body(
                "advanced-on-gcp",
                "GCP",
                dedicated(Map.of("us-east1", 3), Map.of("machine_spec", cpus(2)), Map.of())))
        .ok();

    assertThat(admin.get(CLUSTERS).response().body()).doesNotContain("s3_vpc_endpoint_id");
  }

  @Test
  void regions_may_have_different_machines_and_keep_them() {
    Map<String, Integer> three = Map.of("us-east1", 3, "us-central1", 3, "us-west1", 3);
    String path =
        create(
            body(
                "heterogeneous",
                "GCP",
                dedicated(
                    three,
                    Map.of("storage_gib", 30),
                    Map.of(
                        "us-east1", cpus(4),
                        "us-central1", Map.of("machine_type", "n2-standard-8"),
                        "us-west1", cpus(4)))));
    JsonNode made = admin.get(path).ok();
    assertThat(machines(made))
        .containsExactly(
            "us-central1 n2-standard-8 8", "us-east1 n2-standard-4 4", "us-west1 n2-standard-4 4");
    assertThat(whole(made)).isEqualTo("n2-standard-4");
    assertThat(made.at("/config/dedicated/storage_gib").asInt()).isEqualTo(30);

    JsonNode resized = patch(path, Map.of("region_machine_specs", Map.of("us-west1", cpus(16))));
    assertThat(machines(resized))
        .containsExactly(
            "us-central1 n2-standard-8 8",
            "us-east1 n2-standard-4 4",
            "us-west1 n2-standard-16 16");

    JsonNode more =
        patch(
            path,
            Map.of(
                "region_nodes",
                Map.of("us-east1", 3, "us-central1", 3, "us-west1", 3, "us-east4", 3),
                "region_machine_specs",
                Map.of("us-east4", cpus(16)),
                "hardware",
                Map.of("storage_gib", 60)));
    assertThat(machines(more)).contains("us-east4 n2-standard-16 16", "us-east1 n2-standard-4 4");
    assertThat(whole(more)).isEqualTo("n2-standard-16");
    assertThat(more.at("/config/dedicated/storage_gib").asInt()).isEqualTo(60);

    JsonNode labelled = admin.patch(path, Map.of("labels", Map.of("a", "b"))).ok();
    assertThat(machines(labelled)).isEqualTo(machines(more));

    JsonNode same = patch(path, Map.of("hardware", Map.of("machine_spec", cpus(2))));
    assertThat(machines(same)).hasSize(4).allMatch(region -> region.endsWith(" n2-standard-2 2"));
  }

  @Test
  void a_cluster_of_equal_machines_becomes_one_of_different_ones_and_back() {
    Map<String, Integer> three = Map.of("us-east1", 3, "us-central1", 3, "us-west1", 3);
    String path =
        create(
            body(
                "homogeneous", "GCP", dedicated(three, Map.of("machine_spec", cpus(4)), Map.of())));

    JsonNode mixed = patch(path, Map.of("region_machine_specs", Map.of("us-east1", cpus(8))));
    JsonNode equal = patch(path, Map.of("region_machine_specs", Map.of("us-east1", cpus(4))));

    assertThat(machines(mixed))
        .containsExactly(
            "us-central1 n2-standard-4 4", "us-east1 n2-standard-8 8", "us-west1 n2-standard-4 4");
    assertThat(machines(equal)).allMatch(region -> region.endsWith(" n2-standard-4 4"));
  }

  static List<Arguments> nonsense() {
    var machine = Map.of("machine_spec", cpus(4));
    return List.of(
        arguments(Map.of(), Map.of("us-east1", Map.of()), "region_machine_specs.us-east1: needs"),
        arguments(Map.of(), Map.of("us-west1", cpus(4)), "us-west1: is not a region of"),
        arguments(machine, Map.of("us-east1", cpus(4)), "give one"),
        arguments(
            Map.of(),
            Map.of("us-east1", Map.of("machine_type", "banana")),
            "region_machine_specs.us-east1.machine_type: 'banana'"),
        arguments(
            Map.of(),
            Map.of("us-east1", Map.of("machine_type", "n2-standard-4", "num_virtual_cpus", 8)),
            "num_virtual_cpus: is not what"),
        arguments(Map.of(), Map.of("us-east1", cpus(0)), "must be greater"),
        arguments(Map.of(), Map.of("us-east1", "large"), "region_machine_specs"),
        arguments(Map.of(), Map.of("x".repeat(5000), cpus(4)), "region_machine_specs"));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void machines_that_make_no_sense_are_refused_by_name(
      Map<String, Object> hardware, Map<String, Object> machines, String message) {
    var dedicated = dedicated(Map.of("us-east1", 3), hardware, machines);

    assertThat(
            admin.post(CLUSTERS, body("no-such-one", "GCP", dedicated)).isRefused(400, 3).message())
        .contains(message)
        .hasSizeLessThan(700);
    assertThat(admin.get(CLUSTERS).ok().path("clusters")).isEmpty();
  }

  @Test
  void a_region_without_an_entry_is_named() {
    var dedicated =
        dedicated(
            Map.of("us-east1", 3, "us-central1", 3, "us-west1", 3),
            Map.of(),
            Map.of("us-east1", cpus(4)));

    assertThat(
            admin.post(CLUSTERS, body("no-such-one", "GCP", dedicated)).isRefused(400, 3).message())
        .contains("has no entry for the region 'us-central1'");
  }
}
