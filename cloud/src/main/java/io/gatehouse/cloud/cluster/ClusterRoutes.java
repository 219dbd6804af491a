package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.cluster.ClusterRequests.CreateCluster;
import io.gatehouse.cloud.cluster.ClusterRequests.DeleteCluster;
import io.gatehouse.cloud.cluster.ClusterRequests.GetCluster;
import io.gatehouse.cloud.cluster.ClusterRequests.GetConnectionString;
import io.gatehouse.cloud.cluster.ClusterRequests.ListClusters;
import io.gatehouse.cloud.cluster.ClusterRequests.ListNodes;
import io.gatehouse.cloud.cluster.ClusterRequests.Paging;
import io.gatehouse.cloud.cluster.ClusterRequests.SortBy;
import io.gatehouse.cloud.cluster.ClusterRequests.UpdateCluster;
import io.gatehouse.cloud.cluster.ClusterViews.ClusterList;
import io.gatehouse.cloud.cluster.ClusterViews.ClusterView;
import io.gatehouse.cloud.cluster.ClusterViews.ConnectionStringView;
import io.gatehouse.cloud.cluster.ClusterViews.NodeList;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import java.util.List;

/** Carries out the operations of clusters. */
public final class ClusterRoutes {
  private final ClusterService service;
  private final Nodes nodes;

  public ClusterRoutes(ClusterService service, Nodes nodes) {
    this.service = service;
    this.nodes = nodes;
  }

  public List<Route<?, ?>> routes() {
    return List.of(
        Route.of(ClusterOperations.LIST, this::list),
        Route.of(ClusterOperations.CREATE, this::create),
        Route.showing(ClusterOperations.GET, this::get, ClusterMapper::view),
        Route.of(ClusterOperations.UPDATE, this::update),
        Route.of(ClusterOperations.DELETE, this::delete),
        Route.of(ClusterOperations.NODES, this::nodes),
        Route.of(ClusterOperations.CONNECTION_STRING, this::connectionString));
  }

  private ClusterList list(Call call, ListClusters input) {
    Paging paging = input.pagination();
    SortBy sortBy = paging == null || paging.sortBy() == null ? SortBy.NAME : paging.sortBy();
    boolean inactive = Boolean.TRUE.equals(input.showInactive());
    var request =
        Pagination.of(
            paging == null ? null : paging.plain(), "clusters/" + sortBy + "/" + inactive);
    var page = service.list(call, inactive, sortBy, request).map(ClusterMapper::view);
    return new ClusterList(page.items(), PaginationView.of(page));
  }

  private ClusterView create(Call call, CreateCluster input) {
    return ClusterMapper.view(service.create(call, input));
  }

  private Cluster get(Call call, GetCluster input) {
    return service.get(call.tenant(), input.clusterId());
  }

  private ClusterView update(Call call, UpdateCluster input) {
    return ClusterMapper.view(service.update(call, input));
  }

  private ClusterView delete(Call call, DeleteCluster input) {
    return ClusterMapper.view(service.delete(call, input.clusterId()));
  }

  private NodeList nodes(Call call, ListNodes input) {
    return nodes.list(service.requireActive(call.tenant(), input.clusterId()), input);
  }

  private ConnectionStringView connectionString(Call call, GetConnectionString input) {
    return ConnectionStrings.of(service.requireActive(call.tenant(), input.clusterId()), input);
  }
}
