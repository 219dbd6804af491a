package io.gatehouse.cloud.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.region.CloudProvider;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the operations of clusters answer, in the order of members of the real service. */
public final class ClusterViews {
  private ClusterViews() {}

  /** {@code state_reason} is an extension: why the cluster could not be made, or cannot serve. */
  public record ClusterView(
      String id,
      String name,
      String cockroachVersion,
      String upgradeStatus,
      Plan plan,
      CloudProvider cloudProvider,
      String accountId,
      ClusterState state,
      @Nullable String stateReason,
      String creatorId,
      String operationStatus,
      ConfigView config,
      List<RegionView> regions,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Instant deletedAt,
      String sqlDns,
      NetworkVisibility networkVisibility,
      String egressTrafficPolicy,
      String parentId,
      DeleteProtection deleteProtection,
      String cidrRange,
      Map<String, String> labels,
      boolean isCustomerCloudAccount) {}

  public record ConfigView(@Nullable ServerlessView serverless, @Nullable Hardware dedicated) {}

  public record ServerlessView(
      String routingId, UpgradeType upgradeType, @Nullable UsageLimits usageLimits) {}

  /** {@code s3_vpc_endpoint_id} is there for ADVANCED clusters on AWS alone. */
  public record RegionView(
      String name,
      String sqlDns,
      String uiDns,
      String internalDns,
      String privateEndpointDns,
      int nodeCount,
      boolean primary,
      @Nullable String machineType,
      @Nullable Integer numVirtualCpus,
      @Nullable Integer diskIops,
      @Nullable String s3VpcEndpointId) {}

  public record ClusterList(List<ClusterView> clusters, PaginationView pagination) {}

  public record NodeView(String name, String regionName, NodeStatus status) {}

  /** Whether a node answers. */
  public enum NodeStatus {
    LIVE,
    NOT_READY
  }

  public record NodeList(List<NodeView> nodes, PaginationView pagination) {}

  public record ConnectionStringView(String connectionString, Params params) {}

  /** Capitals as in the original. */
  public record Params(
      @JsonProperty("Host") String host,
      @JsonProperty("Port") String port,
      @JsonProperty("Database") String database,
      @JsonProperty("Username") @Nullable String username) {}
}
