package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.api.CloudApi;
import io.gatehouse.cloud.cluster.ClusterRequests.CreateCluster;
import io.gatehouse.cloud.cluster.ClusterRequests.DeleteCluster;
import io.gatehouse.cloud.cluster.ClusterRequests.GetCluster;
import io.gatehouse.cloud.cluster.ClusterRequests.GetConnectionString;
import io.gatehouse.cloud.cluster.ClusterRequests.ListClusters;
import io.gatehouse.cloud.cluster.ClusterRequests.ListNodes;
import io.gatehouse.cloud.cluster.ClusterRequests.UpdateCluster;
import io.gatehouse.cloud.cluster.ClusterViews.ClusterList;
import io.gatehouse.cloud.cluster.ClusterViews.ClusterView;
import io.gatehouse.cloud.cluster.ClusterViews.ConnectionStringView;
import io.gatehouse.cloud.cluster.ClusterViews.NodeList;
import io.gatehouse.cloud.folder.Parents;
import io.gatehouse.cloud.version.ApiVersion;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Target;
import java.util.List;

/** What can be asked of clusters. */
public final class ClusterOperations {
  private static final String TAG = "Clusters";

  public static final Operation<ListClusters, ClusterList> LIST =
      CloudApi.get("/clusters", ListClusters.class, ClusterList.class)
          .id("ListClusters", TAG)
          .allow(Permission.READ_CLUSTER, Target.anywhere())
          .since(ApiVersion.V2022_03_31.date())
          .summary("Lists the clusters that the caller may see");

  public static final Operation<CreateCluster, ClusterView> CREATE =
      CloudApi.post("/clusters", CreateCluster.class, ClusterView.class)
          .id("CreateCluster", TAG)
          .allow(
              Permission.CREATE_CLUSTER,
              Target.parentFolder(in -> Parents.folder(in.spec().parentId())))
          .audit("AUDIT_LOG_ACTION_CREATE_CLUSTER")
          .since(ApiVersion.V2022_03_31.date())
          .summary("Creates and starts a cluster");

  public static final Operation<GetCluster, ClusterView> GET =
      CloudApi.get("/clusters/{cluster_id}", GetCluster.class, ClusterView.class)
          .id("GetCluster", TAG)
          .allow(Permission.READ_CLUSTER, Target.cluster(GetCluster::clusterId))
          .since(ApiVersion.V2022_03_31.date())
          .summary("Shows a cluster");

  public static final Operation<UpdateCluster, ClusterView> UPDATE =
      CloudApi.patch("/clusters/{cluster_id}", UpdateCluster.class, ClusterView.class)
          .id("UpdateCluster", TAG)
          .allow(Permission.UPDATE_CLUSTER, Target.cluster(UpdateCluster::clusterId))
          .audit("AUDIT_LOG_ACTION_UPDATE_CLUSTER")
          .since(ApiVersion.V2022_03_31.date())
          .summary("Updates a cluster: limits, hardware, labels, folder, delete protection");

  public static final Operation<DeleteCluster, ClusterView> DELETE =
      CloudApi.delete("/clusters/{cluster_id}", DeleteCluster.class, ClusterView.class)
          .id("DeleteCluster", TAG)
          .allow(Permission.DELETE_CLUSTER, Target.cluster(DeleteCluster::clusterId))
          .audit("AUDIT_LOG_ACTION_DELETE_CLUSTER")
          .since(ApiVersion.V2022_03_31.date())
          .summary("Deletes a cluster with all of its data");

  public static final Operation<ListNodes, NodeList> NODES =
      CloudApi.get("/clusters/{cluster_id}/nodes", ListNodes.class, NodeList.class)
          .id("ListClusterNodes", TAG)
          .allow(Permission.LIST_NODES, Target.cluster(ListNodes::clusterId))
          .since(ApiVersion.V2022_03_31.date())
          .summary("Lists the nodes of a cluster, by region and name");

  public static final Operation<GetConnectionString, ConnectionStringView> CONNECTION_STRING =
      CloudApi.get(
              "/clusters/{cluster_id}/connection-string",
              GetConnectionString.class,
              ConnectionStringView.class)
          .id("GetConnectionString", TAG)
          .allow(Permission.READ_CLUSTER, Target.cluster(GetConnectionString::clusterId))
          .since(ApiVersion.V2022_09_20.date())
          .summary("Shows how to connect to a cluster");

  public static final List<Operation<?, ?>> ALL =
      List.of(LIST, CREATE, GET, UPDATE, DELETE, NODES, CONNECTION_STRING);

  private ClusterOperations() {}
}
