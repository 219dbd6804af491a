package io.gatehouse.cloud.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.cloud.cluster.ClusterSpec.RegionMachine;
import io.gatehouse.cloud.cluster.ClusterViews.ClusterView;
import io.gatehouse.cloud.cluster.ClusterViews.ConfigView;
import io.gatehouse.cloud.cluster.ClusterViews.RegionView;
import io.gatehouse.cloud.cluster.ClusterViews.ServerlessView;
import io.gatehouse.cloud.folder.Parents;
import io.gatehouse.cloud.region.CloudProvider;
import io.gatehouse.engines.Endpoint;
import java.util.List;
import java.util.UUID;

/** How a cluster is shown. */
final class ClusterMapper {
  private static final int VPC_ENDPOINT_DIGITS = 17;

  private ClusterMapper() {}

  static ClusterView view(Cluster cluster) {
    String sqlHost = cluster.endpoint().map(Endpoint::host).orElse("");
    return new ClusterView(
        cluster.id().toString(),
        cluster.name(),
        cluster.cockroachVersion(),
        "FINALIZED",
        cluster.spec().plan(),
        cluster.provider(),
        "",
        cluster.state(),
        cluster.condition().failure().orElse(null),
        cluster.creatorId().toString(),
        cluster.state() == ClusterState.LOCKED ? "CRDB_SCALE_RUNNING" : "UNSPECIFIED",
        config(cluster),
        regions(cluster, sqlHost),
        cluster.createdAt(),
        cluster.updatedAt(),
        cluster.condition().deletedAt().orElse(null),
        sqlHost,
        visibility(cluster.spec()),
        "UNSPECIFIED",
        Parents.shown(cluster.tenant(), cluster.parentId()),
        cluster.placement().deleteProtection()
            ? DeleteProtection.ENABLED
            : DeleteProtection.DISABLED,
        cidrRange(cluster.spec()),
        cluster.placement().labels(),
        false);
  }

  static ConfigView config(Cluster cluster) {
    return switch (cluster.spec()) {
      case ClusterSpec.Serverless serverless ->
          new ConfigView(
              new ServerlessView(
                  cluster.routingId(), serverless.upgradeType(), serverless.usageLimits()),
              null);
      case ClusterSpec.Dedicated dedicated -> new ConfigView(null, dedicated.hardware());
    };
  }

  private static List<RegionView> regions(Cluster cluster, String sqlHost) {
    return switch (cluster.spec()) {
      case ClusterSpec.Serverless serverless ->
          serverless.regions().stream()
              .map(name -> region(name, sqlHost, name.equals(serverless.primaryRegion())))
              .toList();
      case ClusterSpec.Dedicated dedicated ->
          dedicated.regions().stream()
              .map(name -> region(cluster, dedicated, name, sqlHost))
              .toList();
    };
  }

  private static RegionView region(String name, String sqlHost, boolean primary) {
    return new RegionView(name, sqlHost, "", "", "", 0, primary, null, null, null, null);
  }

  private static RegionView region(
      Cluster cluster, ClusterSpec.Dedicated spec, String name, String sqlHost) {
    RegionMachine machine = spec.machine(name);
    return new RegionView(
        name,
        sqlHost,
        "",
        "",
        "",
        spec.regionNodes().getOrDefault(name, 0),
        false,
        machine.machineType(),
        machine.numVirtualCpus(),
        spec.hardware().diskIops(),
        cluster.provider() == CloudProvider.AWS ? s3VpcEndpoint(cluster, name) : null);
  }

  /** Made up, in the form that AWS gives such names, and always the same for a region. */
  private static String s3VpcEndpoint(Cluster cluster, String region) {
    UUID id = UUID.nameUUIDFromBytes((cluster.id() + "/s3/" + region).getBytes(UTF_8));
    return "vpce-" + id.toString().replace("-", "").substring(0, VPC_ENDPOINT_DIGITS);
  }

  private static NetworkVisibility visibility(ClusterSpec spec) {
    return switch (spec) {
      case ClusterSpec.Serverless serverless -> NetworkVisibility.PUBLIC;
      case ClusterSpec.Dedicated dedicated -> dedicated.networkVisibility();
    };
  }

  private static String cidrRange(ClusterSpec spec) {
    return switch (spec) {
      case ClusterSpec.Serverless serverless -> "";
      case ClusterSpec.Dedicated dedicated -> dedicated.cidrRange();
    };
  }
}
