package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.cluster.ClusterRequests.ListNodes;
import io.gatehouse.cloud.cluster.ClusterViews.NodeList;
import io.gatehouse.cloud.cluster.ClusterViews.NodeStatus;
import io.gatehouse.cloud.cluster.ClusterViews.NodeView;
import io.gatehouse.engines.ClusterEngine;
import io.gatehouse.engines.Observed;
import io.gatehouse.platform.paging.Pages;
import io.gatehouse.platform.paging.SortKey;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The nodes of a cluster. BASIC and STANDARD show the one that there is; ADVANCED shows as many as
 * were asked for, though one process serves them all: they are simulated.
 */
public final class Nodes {
  private static final SortKey BY_REGION_AND_NAME =
      SortKey.of(SortKey.text("region_name"), SortKey.text("name"));

  private final ClusterEngine engine;
  private final UUID host;

  /** {@code host} is this server: what runs on another is known by what that one recorded. */
  public Nodes(ClusterEngine engine, UUID host) {
    this.engine = engine;
    this.host = host;
  }

  NodeList list(Cluster cluster, ListNodes request) {
    String list = "nodes/" + cluster.id() + "/" + request.regionName();
    List<NodeView> nodes =
        all(cluster).stream()
            .filter(node -> request.regionName() == null || isIn(request.regionName(), node))
            .toList();
    var page =
        Pages.page(
            Pagination.of(request.pagination(), list),
            BY_REGION_AND_NAME,
            Nodes::key,
            window -> window.among(nodes, Nodes::key));
    return new NodeList(page.items(), PaginationView.of(page));
  }

  private static boolean isIn(String region, NodeView node) {
    return node.regionName().equals(region);
  }

  private static List<String> key(NodeView node) {
    return List.of(node.regionName(), node.name());
  }

  private List<NodeView> all(Cluster cluster) {
    NodeStatus status = serves(cluster) ? NodeStatus.LIVE : NodeStatus.NOT_READY;
    return switch (cluster.spec()) {
      case ClusterSpec.Serverless serverless ->
          List.of(node(cluster, serverless.primaryRegionOrFirst(), 0, status));
      case ClusterSpec.Dedicated dedicated ->
          dedicated.regionNodes().entrySet().stream()
              .flatMap(
                  region ->
                      IntStream.range(0, region.getValue())
                          .mapToObj(i -> node(cluster, region.getKey(), i, status)))
              .toList();
    };
  }

  private static NodeView node(Cluster cluster, String region, int number, NodeStatus status) {
    return new NodeView("%s-%s-%03d".formatted(cluster.name(), region, number), region, status);
  }

  /** A cluster that is just being changed serves on. */
  private boolean serves(Cluster cluster) {
    return switch (cluster.state()) {
      case CREATED, LOCKED ->
          cluster.host().equals(host)
              ? engine.observe(cluster.id()) instanceof Observed.Running
              : cluster.condition().failure().isEmpty();
      case CREATING, CREATION_FAILED, DELETED -> false;
    };
  }
}
