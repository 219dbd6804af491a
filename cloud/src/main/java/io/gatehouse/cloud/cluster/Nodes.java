package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.cluster.ClusterRequests.ListNodes;
import io.gatehouse.cloud.cluster.ClusterViews.NodeList;
import io.gatehouse.cloud.cluster.ClusterViews.NodeStatus;
import io.gatehouse.cloud.cluster.ClusterViews.NodeView;
import io.gatehouse.platform.paging.Pages;
import io.gatehouse.platform.paging.SortKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes of a cluster. An ADVANCED cluster shows as many as were asked for, though one process
 * serves them all: they are simulated. A serverless cluster shows none, as in the real service.
 */
final class Nodes {
  private static final SortKey BY_REGION_AND_NAME =
      SortKey.of(SortKey.text("region_name"), SortKey.text("name"));

  private Nodes() {}

  static NodeList list(Cluster cluster, ListNodes request) {
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

  private static List<NodeView> all(Cluster cluster) {
    if (!(cluster.spec() instanceof ClusterSpec.Dedicated dedicated)) {
      return List.of();
    }
    NodeStatus status =
        cluster.state() == ClusterState.CREATED && cluster.condition().failure().isEmpty()
            ? NodeStatus.LIVE
            : NodeStatus.NOT_READY;
    List<NodeView> nodes = new ArrayList<>();
    dedicated
        .regionNodes()
        .forEach(
            (region, count) -> {
              for (int i = 0; i < count; i++) {
                String name = "%s-%s-%03d".formatted(cluster.name(), region, i);
                nodes.add(new NodeView(name, region, status));
              }
            });
    return nodes;
  }
}
