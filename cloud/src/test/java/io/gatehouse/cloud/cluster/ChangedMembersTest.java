package io.gatehouse.cloud.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.cloud.cluster.ClusterRequests.UpdateCluster;
import io.gatehouse.platform.error.Violation;
import io.gatehouse.platform.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedMembersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"serverless": {"usage_limits": {}}}           | spec.serverless.usage_limits.x | serverless.usage_limits.x
          {"spec": {"serverless": {"usage_limits": {}}}} | spec.serverless.usage_limits.x | spec.serverless.usage_limits.x
          {"usage_limits": {}}                           | spec.serverless.usage_limits.x | usage_limits.x
          {"spec": {"usage_limits": {}}}                 | spec.serverless.usage_limits.x | spec.usage_limits.x
          {"dedicated": {}}                              | spec.dedicated.region_nodes    | dedicated.region_nodes
          {"spec": {"dedicated": {}}}                    | dedicated.region_nodes         | spec.dedicated.region_nodes
          {"plan": "BASIC"}                              | plan                           | plan
          {"spec": {"plan": "BASIC"}}                    | plan                           | spec.plan
          {"spec": {"plan": "BASIC"}, "labels": {}}      | labels[A]                      | labels[A]
          {"spec": {"labels": {}}}                       | labels[A]                      | spec.labels[A]
          {"plan": "STANDARD"}                           | spec.serverless.primary_region | serverless.primary_region
          """)
  void a_member_is_named_where_the_caller_wrote_it(String json, String named, String written) {
    ObjectNode request = Json.read(json, ObjectNode.class);
    request.put("cluster_id", "01a20f0f-4a90-7ff1-a3d9-3b40a7502f7d");
    UpdateCluster change = Json.read(request.toString(), UpdateCluster.class);

    assertThat(ChangedMembers.located(change, Violation.of(named, "is bad")).member())
        .isEqualTo(written);
  }
}
