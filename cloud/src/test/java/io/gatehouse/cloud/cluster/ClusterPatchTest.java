package io.gatehouse.cloud.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.cloud.cluster.ClusterRequests.UpdateCluster;
import io.gatehouse.cloud.region.CloudProvider;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterPatchTest {
  private static final ClusterSpec.Serverless BASIC =
      new ClusterSpec.Serverless(
          Plan.BASIC,
          List.of("us-central1"),
          null,
          UpgradeType.AUTOMATIC,
          new UsageLimits(10L, 20L, null));

  private static ClusterPatch changes(String json) {
    ObjectNode request = Json.read(json, ObjectNode.class);
    request.put("cluster_id", "01a20f0f-4a90-7ff1-a3d9-3b40a7502f7d");
    return ClusterPatch.of(Json.read(request.toString(), UpdateCluster.class));
  }

  private static ClusterSpec changed(ClusterSpec now, String json) {
    return changes(json).applyTo(CloudProvider.GCP, now);
  }

  private static ClusterSpec.Serverless standard(
      List<String> regions, @Nullable String primary, UpgradeType upgradeType) {
    return new ClusterSpec.Serverless(Plan.STANDARD, regions, primary, upgradeType, null);
  }

  private static ClusterSpec.Dedicated dedicated(Map<String, Integer> nodes) {
    return new ClusterSpec.Dedicated(
        new TreeMap<>(nodes),
        new Hardware("n1-standard-4", 4, 50, 16.0, 1500),
        "10.0.0.0/16",
        NetworkVisibility.PRIVATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'spec': {}}",
        "{'labels': {'a': 'b'}, 'delete_protection': 'ENABLED', 'parent_id': 'root'}",
        "{'serverless': {}}",
        "{'serverless': {'regions': []}}",
        "{'plan': 'BASIC', 'serverless': {'regions': ['us-central1'], 'primary_region': ''}}",
        "{'usage_limits': {'request_unit_limit': '10', 'storage_mib_limit': '20'}}"
      })
  void what_names_nothing_new_leaves_the_spec_as_it_is(String request) {
    assertThat(changed(BASIC, request.replace('\'', '"'))).isEqualTo(BASIC);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plan              | \"BASIC\"",
        "serverless        | {\"regions\": [\"us-east1\"]}",
        "dedicated         | {\"region_nodes\": {\"us-east1\": 3}}",
        "labels            | {}",
        "parent_id         | \"root\"",
        "delete_protection | \"ENABLED\""
      })
  void a_member_stands_at_the_top_or_in_the_spec_and_not_in_both(String member, String value) {
    String here = "\"%s\": %s".formatted(member, value);
    String inSpec = "\"spec\": {%s}".formatted(here);

    assertThat(changes("{%s}".formatted(inSpec))).isEqualTo(changes("{%s}".formatted(here)));
    assertThatThrownBy(() -> changes("{%s, %s}".formatted(here, inSpec)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining(member + ": stands in 'spec' too");
  }

  @Test
  void limits_stand_in_any_of_four_places_and_not_beside_serverless() {
    String limits = "\"usage_limits\": {\"request_unit_limit\": \"5\"}";
    ClusterPatch expected = changes("{\"serverless\": {%s}}".formatted(limits));

    assertThat(changes("{%s}".formatted(limits))).isEqualTo(expected);
    assertThat(changes("{\"spec\": {%s}}".formatted(limits))).isEqualTo(expected);
    assertThat(changes("{\"spec\": {\"serverless\": {%s}}}".formatted(limits))).isEqualTo(expected);
    assertThatThrownBy(() -> changes("{\"serverless\": {}, %s}".formatted(limits)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("stands beside 'serverless'");
  }

  @Test
  void new_limits_take_the_place_of_all_that_were_there() {
    ClusterSpec next = changed(BASIC, "{\"usage_limits\": {\"storage_mib_limit\": \"7\"}}");

    assertThat(next)
        .isInstanceOfSatisfying(
            ClusterSpec.Serverless.class,
            spec -> assertThat(spec.usageLimits()).isEqualTo(new UsageLimits(null, 7L, null)));
  }

  @Test
  void limits_of_a_plan_do_not_move_along_to_another() {
    assertThat(changed(BASIC, "{\"plan\": \"STANDARD\"}"))
        .isEqualTo(standard(List.of("us-central1"), null, UpgradeType.AUTOMATIC));
    assertThatThrownBy(
            () ->
                changed(
                    BASIC,
                    """
                    {"plan": "STANDARD", "usage_limits": {"request_unit_limit": "10"}}
                    """))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("belong to plan BASIC, not to STANDARD");
  }

  @Test
  void a_cluster_that_is_upgraded_by_hand_becomes_basic_only_without() {
    ClusterSpec manual = standard(List.of("us-central1"), null, UpgradeType.MANUAL);

    assertThatThrownBy(() -> changed(manual, "{\"plan\": \"BASIC\"}"))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("BASIC does not allow upgrade_type MANUAL");
    assertThat(
            changed(
                    manual,
                    "{\"plan\": \"BASIC\", \"serverless\": {\"upgrade_type\": \"AUTOMATIC\"}}")
                .plan())
        .isEqualTo(Plan.BASIC);
  }

  @Test
  void a_second_region_comes_with_a_primary_one_and_none_goes() {
    ClusterSpec one = standard(List.of("us-central1"), null, UpgradeType.AUTOMATIC);
    String two = "\"regions\": [\"us-east1\", \"us-central1\"]";

    assertThatThrownBy(() -> changed(one, "{\"serverless\": {%s}}".formatted(two)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("is needed with more than one region");
    ClusterSpec both =
        changed(one, "{\"serverless\": {%s, \"primary_region\": \"us-east1\"}}".formatted(two));
    assertThat(both)
        .isEqualTo(standard(List.of("us-central1", "us-east1"), "us-east1", UpgradeType.AUTOMATIC));
    assertThatThrownBy(() -> changed(both, "{\"serverless\": {\"regions\": [\"us-east1\"]}}"))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("regions cannot be removed");
  }

  @Test
  void one_node_becomes_several_and_several_never_one() {
    ClusterSpec one = dedicated(Map.of("us-east1", 1));
    ClusterSpec three = dedicated(Map.of("us-east1", 3));
    String request = "{\"dedicated\": {\"region_nodes\": {\"us-east1\": %d}}}";

    assertThat(changed(one, request.formatted(3))).isEqualTo(three);
    assertThat(changed(one, request.formatted(1))).isEqualTo(one);
    assertThatThrownBy(() -> changed(three, request.formatted(1)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("cannot go back to one");
  }

  @Test
  void the_family_of_a_plan_is_for_good() {
    ClusterSpec dedicated = dedicated(Map.of("us-east1", 3));

    assertThatThrownBy(() -> changed(dedicated, "{\"plan\": \"STANDARD\"}"))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("cannot be moved between plan ADVANCED and the others");
    assertThatThrownBy(() -> changed(BASIC, "{\"plan\": \"ADVANCED\"}"))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("cannot be moved between plan ADVANCED and the others");
    assertThatThrownBy(() -> changed(dedicated, "{\"usage_limits\": {}}"))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("belongs to plans BASIC and STANDARD");
    assertThatThrownBy(() -> changed(BASIC, "{\"dedicated\": {}}"))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("belongs to plan ADVANCED");
  }
}
