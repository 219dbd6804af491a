package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.cluster.ClusterRequests.ListNodes;
import io.gatehouse.cloud.cluster.ClusterViews.NodeList;
import io.gatehouse.cloud.cluster.ClusterViews.NodeStatus;
import io.gatehouse.cloud.cluster.ClusterViews.NodeView;
import io.gatehouse.platform.paging.Pages;
import io.gatehouse.platform.paging.SortOrder;
import io.gatehouse.platform.paging.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The nodes of a cluster. An ADVANCED cluster shows as many as were asked for, though one process
 * serves them all: they are simulated. A serverless cluster shows none, as in the real service.
 */
final class Nodes {
  private static final Comparator<NodeView> ORDER =
      Comparator.comparing(NodeView::regionName).thenComparing(NodeView::name);

  private Nodes() {}

  static NodeList list(Cluster cluster, ListNodes request) {
    var page =
        Pages.page(
            Pagination.of(request.pagination(), "nodes/" + cluster.id()),
            node -> List.of(node.regionName(), node.name()),
            window -> window(cluster, request, window));
    return new NodeList(page.items(), PaginationView.of(page));
  }

  private static List<NodeView> window(Cluster cluster, ListNodes request, Window window) {
    boolean up = window.order() == SortOrder.ASC;
    return all(cluster).stream()
        .filter(
            node -> request.regionName() == null || node.regionName().equals(request.regionName()))
        .sorted(up ? ORDER : ORDER.reversed())
        .filter(node -> window.after().isEmpty() || isAfter(node, window, up))
        .limit(window.limit())
        .toList();
  }

  private static boolean isAfter(NodeView node, Window window, boolean up) {
    NodeView last = new NodeView(window.after().get(1), window.after().get(0), NodeStatus.LIVE);
    int comparison = ORDER.compare(node, last);
    return up ? comparison > 0 : comparison < 0;
  }

  private static List<NodeView> all(Cluster cluster) {
    if (!(cluster.spec() instanceof ClusterSpec.Dedicated dedicated)) {
      return List.of();
    }
    NodeStatus status =
        cluster.state() == ClusterState.CREATED ? NodeStatus.LIVE : NodeStatus.NOT_READY;
    List<NodeView> nodes = new ArrayList<>();
    dedicated
        .regionNodes()
        .forEach(
            (region, count) -> {
              for (int i = 0; i < count; i++) {
                nodes.add(new NodeView("%s-%03d".formatted(cluster.name(), i), region, status));
              }
            });
    return nodes;
  }
}
