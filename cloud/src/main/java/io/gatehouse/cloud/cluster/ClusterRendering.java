package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.cluster.ClusterViews.ClusterView;
import io.gatehouse.cloud.cluster.ClusterViews.ConfigView;
import io.gatehouse.cloud.cluster.ClusterViews.RegionView;
import io.gatehouse.cloud.cluster.ClusterViews.ServerlessView;
import io.gatehouse.cloud.folder.Parents;
import io.gatehouse.engines.Endpoint;
import java.util.List;

/** How a cluster is shown. */
final class ClusterRendering {
  private ClusterRendering() {}

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
        regions(cluster.spec(), sqlHost),
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

  private static List<RegionView> regions(ClusterSpec spec, String sqlHost) {
    return switch (spec) {
      case ClusterSpec.Serverless serverless ->
          serverless.regions().stream()
              .map(name -> region(name, sqlHost, name.equals(serverless.primaryRegion())))
              .toList();
      case ClusterSpec.Dedicated dedicated ->
          dedicated.regionNodes().entrySet().stream()
              .map(
                  region ->
                      region(region.getKey(), sqlHost, region.getValue(), dedicated.hardware()))
              .toList();
    };
  }

  private static RegionView region(String name, String sqlHost, boolean primary) {
    return new RegionView(name, sqlHost, "", "", "", 0, primary, null, null, null);
  }

  private static RegionView region(String name, String sqlHost, int nodes, Hardware hardware) {
    return new RegionView(
        name,
        sqlHost,
        "",
        "",
        "",
        nodes,
        false,
        hardware.machineType(),
        hardware.numVirtualCpus(),
        hardware.diskIops());
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
