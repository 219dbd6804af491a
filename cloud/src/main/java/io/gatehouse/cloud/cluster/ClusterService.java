package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.api.Labels;
import io.gatehouse.cloud.cluster.Cluster.Placement;
import io.gatehouse.cloud.cluster.ClusterRequests.CreateCluster;
import io.gatehouse.cloud.cluster.ClusterRequests.SortBy;
import io.gatehouse.cloud.cluster.ClusterRequests.UpdateCluster;
import io.gatehouse.cloud.folder.FolderService;
import io.gatehouse.cloud.folder.FolderStore;
import io.gatehouse.cloud.folder.FolderTree;
import io.gatehouse.cloud.folder.Parents;
import io.gatehouse.cloud.role.RoleStore;
import io.gatehouse.platform.access.Access;
import io.gatehouse.platform.access.Grant;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.access.ResourcePath;
import io.gatehouse.platform.access.Role;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.access.Visibility;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditTarget;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.paging.Page;
import io.gatehouse.platform.paging.PageRequest;
import io.gatehouse.platform.paging.Pages;
import io.gatehouse.platform.reconcile.ReconcileQueue;
import io.gatehouse.platform.store.Area;
import io.gatehouse.platform.store.EpochCache;
import io.gatehouse.platform.store.Epochs;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import io.gatehouse.platform.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The use cases of clusters. A change only writes what is wanted, with its audit event and the
 * wake-up of the reconciler, and answers; see {@link ClusterReconciler} for the rest.
 */
public final class ClusterService {
  private static final int CACHED = 10_000;
  private static final Set<Role> ADMINISTRATORS = Set.of(Role.ORG_ADMIN, Role.CLUSTER_ADMIN);

  private final ClusterStore store;
  private final FolderStore folders;
  private final RoleStore roles;
  private final Transactions transactions;
  private final AuditLog audit;
  private final ReconcileQueue reconcileQueue;
  private final ReconcileQueue removals;
  private final Ids ids;
  private final UUID host;
  private final EpochCache<UUID, Cluster> cache;

  public ClusterService(
      ClusterStore store,
      FolderStore folders,
      RoleStore roles,
      Transactions transactions,
      Epochs epochs,
      AuditLog audit,
      ReconcileQueue reconcileQueue,
      ReconcileQueue removals,
      Ids ids,
      UUID host) {
    this.store = store;
    this.folders = folders;
    this.roles = roles;
    this.transactions = transactions;
    this.audit = audit;
    this.reconcileQueue = reconcileQueue;
    this.removals = removals;
    this.ids = ids;
    this.host = host;
    this.cache = new EpochCache<>(epochs, Area.RESOURCES, CACHED, Cluster::tenant);
  }

  public Cluster get(Tenant tenant, UUID id) {
    return cache
        .get(id, () -> transactions.read(session -> store.find(tenant, session, id)))
        .filter(cluster -> cluster.tenant().equals(tenant))
        .orElseThrow(() -> GatehouseException.notFound("cluster"));
  }

  /** A cluster whose parts are to be looked at: there, or on its way. */
  public Cluster requireActive(Tenant tenant, UUID id) {
    return active(get(tenant, id));
  }

  /** A cluster to be looked into: there, be it that it is just being changed. */
  public Cluster requireServing(Tenant tenant, UUID id) {
    Cluster cluster = get(tenant, id);
    return switch (cluster.state()) {
      case CREATED, LOCKED -> cluster;
      case CREATING -> throw locked(cluster);
      case CREATION_FAILED, DELETED -> throw GatehouseException.notFound("cluster");
    };
  }

  /** A cluster whose database is to be changed: there, and not being changed itself. */
  public Cluster requireUnlocked(Tenant tenant, UUID id) {
    return unlocked(get(tenant, id));
  }

  public Page<Cluster> list(Call call, boolean inactive, SortBy sortBy, PageRequest request) {
    ClusterStore.Filter filter = filter(call, inactive);
    return Pages.page(
        request,
        ClusterStore.sortKey(sortBy),
        cluster -> List.of(sortKey(cluster, sortBy), cluster.id().toString()),
        window ->
            transactions.read(
                session -> store.list(call.tenant(), session, filter, sortBy, window)));
  }

  /** Inactive clusters are shown only to those who may read all of the organization's. */
  private ClusterStore.Filter filter(Call call, boolean inactive) {
    return switch (call.visible(Permission.READ_CLUSTER)) {
      case Visibility.Everything everything ->
          new ClusterStore.Filter(true, Set.of(), Set.of(), inactive);
      case Visibility.Within within -> {
        FolderTree tree = transactions.read(session -> folders.tree(call.tenant(), session));
        yield new ClusterStore.Filter(
            false, tree.withDescendants(within.folders()), within.clusters(), false);
      }
    };
  }

  private static String sortKey(Cluster cluster, SortBy sortBy) {
    return switch (sortBy) {
      case NAME -> cluster.name();
      case CREATED_AT -> cluster.createdAt().toString();
      case DELETED_AT -> cluster.condition().deletedAt().orElse(ClusterStore.NEVER).toString();
    };
  }

  public Cluster create(Call call, CreateCluster wanted) {
    ClusterSpec spec = ClusterSpecFactory.of(wanted);
    ClusterRequests.Dedicated dedicated = wanted.spec().dedicated();
    String version = ClusterVersions.full(dedicated == null ? null : dedicated.cockroachVersion());
    Map<String, String> labels = Labels.check("spec.labels", wanted.spec().labels());
    return transactions.writeUnique(
        () -> ErrorCode.ALREADY_EXISTS.with("resource", "cluster", "name", wanted.name()),
        tx -> {
          FolderTree tree = folders.tree(call.tenant(), tx);
          UUID parentId = Parents.require(tree, wanted.spec().parentId());
          Placement placement =
              new Placement(
                  parentId, labels, wanted.spec().deleteProtection() == DeleteProtection.ENABLED);
          Cluster cluster = fresh(tx, call, wanted, placement, spec, version);
          store.insert(call.tenant(), tx, cluster);
          grantToCreator(tx, call, tree, cluster);
          audit.record(tx, call, subject(cluster));
          reconcileQueue.wake(tx, cluster.id());
          return cluster;
        });
  }

  private Cluster fresh(
      Tx tx,
      Call call,
      CreateCluster wanted,
      Placement placement,
      ClusterSpec spec,
      String version) {
    return new Cluster(
        ids.next(),
        call.tenant(),
        wanted.name(),
        wanted.provider(),
        version,
        call.principal().id(),
        host,
        placement,
        new Cluster.Goal(Cluster.Wanted.PRESENT, spec, 1),
        Cluster.Condition.creating(),
        tx.now(),
        tx.now(),
        1);
  }

  /** Who could only make it becomes its administrator. */
  private void grantToCreator(Tx tx, Call call, FolderTree tree, Cluster cluster) {
    if (!Access.holds(call.principal(), ADMINISTRATORS, tree.path(cluster.parentId()))) {
      Grant grant = new Grant(Role.CLUSTER_ADMIN, Scope.cluster(cluster.id()));
      roles.add(call.tenant(), tx, call.principal().id(), grant);
    }
  }

  public Cluster update(Call call, UpdateCluster wanted) {
    ClusterPatch changes = ClusterPatch.of(wanted);
    return transactions.write(
        tx -> {
          Cluster now = unlocked(require(call.tenant(), tx, wanted.clusterId()));
          Cluster next = changed(tx, call, wanted, changes, now);
          write(tx, call, next);
          return store.find(call.tenant(), tx, next.id()).orElseThrow();
        });
  }

  private Cluster changed(
      Tx tx, Call call, UpdateCluster request, ClusterPatch changes, Cluster now) {
    try {
      return changed(tx, call, changes, now);
    } catch (GatehouseException e) {
      throw e.translated(broken -> ChangedMembers.located(request, broken));
    }
  }

  private Cluster changed(Tx tx, Call call, ClusterPatch changes, Cluster now) {
    changes.checkVersion(now.cockroachVersion());
    UUID parentId = now.parentId();
    if (changes.parentId().isPresent()) {
      FolderTree tree = folders.tree(call.tenant(), tx);
      ResourcePath path = tree.path(parentId).below(Scope.cluster(now.id()));
      parentId = FolderService.requireMayMove(call, tree, path, parentId, changes.parentId().get());
    }
    if (!parentId.equals(now.parentId())) {
      tx.touch(call.tenant(), Area.ACCESS);
    }
    Placement placement = now.placement();
    Cluster placed =
        now.placed(
            new Placement(
                parentId,
                changes.labels().map(Labels::check).orElse(placement.labels()),
                changes
                    .deleteProtection()
                    .map(protection -> protection == DeleteProtection.ENABLED)
                    .orElse(placement.deleteProtection())));
    ClusterSpec spec = changes.applyTo(now.provider(), now.spec());
    return spec.equals(now.spec()) ? placed : requireSound(placed).changed(spec);
  }

  /** A cluster without its data cannot be changed; it would be locked for ever. */
  private static Cluster requireSound(Cluster cluster) {
    cluster
        .condition()
        .failure()
        .filter(ClusterReconciler.DATA_GONE::equals)
        .ifPresent(
            reason -> {
              throw ErrorCode.FAILED_PRECONDITION.with("rule", reason);
            });
    return cluster;
  }

  public Cluster delete(Call call, UUID id) {
    return transactions.write(
        tx -> {
          Cluster now = active(require(call.tenant(), tx, id));
          if (now.placement().deleteProtection()) {
            throw ErrorCode.FAILED_PRECONDITION.with(
                "rule", "the cluster's delete protection is enabled; disable it first");
          }
          write(tx, call, now.deleted(tx.now()));
          roles.retire(call.tenant(), tx, Scope.cluster(id));
          return store.find(call.tenant(), tx, id).orElseThrow();
        });
  }

  private void write(Tx tx, Call call, Cluster next) {
    if (!store.update(call.tenant(), tx, next)) {
      throw ErrorCode.CONFLICT.with("resource", "the cluster");
    }
    audit.record(tx, call, subject(next));
    if (!next.isSettled()) {
      wake(tx, next);
    }
  }

  private void wake(Tx tx, Cluster cluster) {
    ReconcileQueue reconciler =
        switch (cluster.goal().wanted()) {
          case PRESENT -> reconcileQueue;
          case ABSENT -> removals;
        };
    if (cluster.host().equals(host)) {
      reconciler.wake(tx, cluster.id());
    } else {
      reconciler.wakeElsewhere(tx, cluster.id());
    }
  }

  private Cluster require(Tenant tenant, Tx tx, UUID id) {
    return store.find(tenant, tx, id).orElseThrow(() -> GatehouseException.notFound("cluster"));
  }

  /** The cluster, if nobody is changing it at the moment. */
  private static Cluster unlocked(Cluster cluster) {
    return switch (cluster.state()) {
      case CREATED -> cluster;
      case CREATING, LOCKED -> throw locked(cluster);
      case CREATION_FAILED, DELETED -> throw GatehouseException.notFound("cluster");
    };
  }

  private static Cluster active(Cluster cluster) {
    if (!cluster.state().isActive()) {
      throw GatehouseException.notFound("cluster");
    }
    return cluster;
  }

  private static GatehouseException locked(Cluster cluster) {
    return ErrorCode.LOCKED.with(
        "reason", cluster.state() == ClusterState.CREATING ? "being created" : "being changed");
  }

  private static AuditTarget subject(Cluster cluster) {
    return AuditTarget.cluster(cluster.id(), cluster.name())
        .and("plan", cluster.spec().plan())
        .and("regions", cluster.spec().regions())
        .and("parent_id", Parents.shown(cluster.tenant(), cluster.parentId()))
        .and("config", ClusterMapper.config(cluster))
        .and("labels", cluster.placement().labels())
        .and("delete_protection", cluster.placement().deleteProtection());
  }
}
