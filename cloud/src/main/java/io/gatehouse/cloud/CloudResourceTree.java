package io.gatehouse.cloud;

import io.gatehouse.cloud.cluster.ClusterStore;
import io.gatehouse.cloud.folder.FolderStore;
import io.gatehouse.cloud.folder.FolderTree;
import io.gatehouse.cloud.role.RoleStore;
import io.gatehouse.platform.access.Grant;
import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.access.ResourcePath;
import io.gatehouse.platform.access.ResourceTree;
import io.gatehouse.platform.access.ResourceType;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.store.Area;
import io.gatehouse.platform.store.EpochCache;
import io.gatehouse.platform.store.Epochs;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where folders and clusters stand, kept while nothing of the organization's access changes. */
public final class CloudResourceTree implements ResourceTree {
  private static final int CACHED = 20_000;

  private record Place(Tenant tenant, ResourceType type, UUID id) {}

  private record Found(Tenant tenant, ResourcePath path) {}

  private final FolderStore folders;
  private final ClusterStore clusters;
  private final RoleStore roles;
  private final Transactions transactions;
  private final EpochCache<Place, Found> cache;

  public CloudResourceTree(
      FolderStore folders,
      ClusterStore clusters,
      RoleStore roles,
      Transactions transactions,
      Epochs epochs) {
    this.folders = folders;
    this.clusters = clusters;
    this.roles = roles;
    this.transactions = transactions;
    this.cache = new EpochCache<>(epochs, Area.ACCESS, CACHED, Found::tenant);
  }

  @Override
  public Optional<ResourcePath> path(Tenant tenant, ResourceType type, UUID id) {
    return cache
        .get(
            new Place(tenant, type, id),
            () ->
                transactions
                    .read(session -> path(tenant, session, type, id))
                    .map(path -> new Found(tenant, path)))
        .map(Found::path);
  }

  @Override
  public List<Grant> formerGrants(Principal principal, ResourceType type, UUID id) {
    return switch (type) {
      case ORGANIZATION, FOLDER -> List.of();
      case CLUSTER ->
          transactions.read(session -> roles.held(principal.tenant(), session, principal.id(), id));
    };
  }

  /** The way up as a session sees it, past every cache. */
  public Optional<ResourcePath> path(Tenant tenant, Session session, ResourceType type, UUID id) {
    FolderTree tree = folders.tree(tenant, session);
    return switch (type) {
      case ORGANIZATION -> Optional.of(ResourcePath.organization(tenant));
      case FOLDER -> tree.find(id).map(folder -> tree.path(folder.id()));
      case CLUSTER ->
          clusters
              .parentOf(tenant, session, id)
              .map(parentId -> tree.path(parentId).below(Scope.cluster(id)));
    };
  }

  /** The same, but of a cluster only while it is there: its row stays when it is gone. */
  public Optional<ResourcePath> pathOfPresent(
      Tenant tenant, Session session, ResourceType type, UUID id) {
    boolean gone = type == ResourceType.CLUSTER && !clusters.isActive(tenant, session, id);
    return gone ? Optional.empty() : path(tenant, session, type, id);
  }
}
