package io.gatehouse.cloud;

import io.gatehouse.cloud.apikey.ApiKeyOperations;
import io.gatehouse.cloud.apikey.ApiKeyRoutes;
import io.gatehouse.cloud.apikey.ApiKeyService;
import io.gatehouse.cloud.apikey.ApiKeyStore;
import io.gatehouse.cloud.auditlog.AuditLogOperations;
import io.gatehouse.cloud.auditlog.AuditLogRoutes;
import io.gatehouse.cloud.cluster.ClusterOperations;
import io.gatehouse.cloud.cluster.ClusterReconciler;
import io.gatehouse.cloud.cluster.ClusterRemoval;
import io.gatehouse.cloud.cluster.ClusterRoutes;
import io.gatehouse.cloud.cluster.ClusterService;
import io.gatehouse.cloud.cluster.ClusterSql;
import io.gatehouse.cloud.cluster.ClusterStore;
import io.gatehouse.cloud.cluster.Nodes;
import io.gatehouse.cloud.database.DatabaseOperations;
import io.gatehouse.cloud.database.DatabaseRoutes;
import io.gatehouse.cloud.database.DatabaseService;
import io.gatehouse.cloud.folder.FolderOperations;
import io.gatehouse.cloud.folder.FolderRoutes;
import io.gatehouse.cloud.folder.FolderService;
import io.gatehouse.cloud.folder.FolderStore;
import io.gatehouse.cloud.organization.OrganizationOperations;
import io.gatehouse.cloud.organization.OrganizationRoutes;
import io.gatehouse.cloud.organization.OrganizationService;
import io.gatehouse.cloud.organization.OrganizationStore;
import io.gatehouse.cloud.region.RegionOperations;
import io.gatehouse.cloud.region.RegionRoutes;
import io.gatehouse.cloud.role.Principals;
import io.gatehouse.cloud.role.RoleOperations;
import io.gatehouse.cloud.role.RoleResolver;
import io.gatehouse.cloud.role.RoleRoutes;
import io.gatehouse.cloud.role.RoleService;
import io.gatehouse.cloud.role.RoleStore;
import io.gatehouse.cloud.serviceaccount.ServiceAccountAuthenticator;
import io.gatehouse.cloud.serviceaccount.ServiceAccountOperations;
import io.gatehouse.cloud.serviceaccount.ServiceAccountRoutes;
import io.gatehouse.cloud.serviceaccount.ServiceAccountService;
import io.gatehouse.cloud.serviceaccount.ServiceAccountStore;
import io.gatehouse.cloud.sqluser.SqlAccessReconciler;
import io.gatehouse.cloud.sqluser.SqlUserOperations;
import io.gatehouse.cloud.sqluser.SqlUserRoutes;
import io.gatehouse.cloud.sqluser.SqlUserService;
import io.gatehouse.engines.ClusterEngine;
import io.gatehouse.platform.access.Authenticator;
import io.gatehouse.platform.access.ResourceTree;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditReader;
import io.gatehouse.platform.audit.AuditStore;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Route;
import io.gatehouse.platform.reconcile.ReconcileQueue;
import io.gatehouse.platform.reconcile.Reconciler;
import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.store.Epochs;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The table of contents of the Cloud API: every room, wired by hand. */
public final class CloudModule {
  /**
   * What this module is given.
   *
   * @param host the server that it runs in
   * @param leaseLost whether another server works under the id of this one, so that this one must
   *     leave its clusters alone
   * @param storeOnReserve whether the metadata store writes on the last of its disk
   */
  public record Given(
      Transactions transactions,
      Epochs epochs,
      AuditStore auditStore,
      AuditLog audit,
      Keyset keyset,
      ReconcileQueue clusterWakeUps,
      ReconcileQueue removalQueue,
      ReconcileQueue sqlAccessQueue,
      Ids ids,
      ClusterEngine engine,
      UUID host,
      BooleanSupplier leaseLost,
      BooleanSupplier storeOnReserve) {}

  /** Everything that can be asked of this API. */
  public static final List<Operation<?, ?>> OPERATIONS =
      Stream.of(
              OrganizationOperations.ALL,
              ClusterOperations.ALL,
              RegionOperations.ALL,
              SqlUserOperations.ALL,
              DatabaseOperations.ALL,
              FolderOperations.ALL,
              ServiceAccountOperations.ALL,
              ApiKeyOperations.ALL,
              RoleOperations.ALL,
              AuditLogOperations.ALL)
          .<Operation<?, ?>>flatMap(List::stream)
          .toList();

  private final List<Route<?, ?>> routes;
  private final Authenticator authenticator;
  private final ResourceTree tree;
  private final Reconciler clusterReconciler;
  private final Reconciler clusterRemoval;
  private final Reconciler sqlAccess;
  private final OrganizationBootstrap founding;
  private final HostKeys hostKeys;
  private final OrganizationService organizations;

  public CloudModule(Given given) {
    var organizations = new OrganizationStore();
    var folders = new FolderStore();
    var clusters = new ClusterStore();
    var accounts = new ServiceAccountStore();
    var keys = new ApiKeyStore();
    var roles = new RoleStore();
    var tx = given.transactions();
    var audit = given.audit();
    var ids = given.ids();

    var cloudTree = new CloudResourceTree(folders, clusters, roles, tx, given.epochs());
    Principals principals = (tenant, session, id) -> accounts.find(tenant, session, id).isPresent();
    var resolver = new RoleResolver(cloudTree::pathOfPresent);
    var roleService =
        new RoleService(roles, principals, resolver, tx, audit, given.storeOnReserve());
    var organizationService = new OrganizationService(organizations, tx, ids);
    var clusterService =
        new ClusterService(
            clusters,
            folders,
            roles,
            tx,
            given.epochs(),
            audit,
            given.clusterWakeUps(),
            given.removalQueue(),
            ids,
            given.host());
    var clusterSql =
        new ClusterSql(
            clusterService,
            given.engine(),
            given.clusterWakeUps(),
            given.host(),
            given.leaseLost());
    var accountService =
        new ServiceAccountService(accounts, roles, keys, roleService, resolver, tx, audit, ids);
    var keyService =
        new ApiKeyService(keys, principals, roles, roleService, given.keyset(), tx, audit);

    this.routes =
        Stream.of(
                new OrganizationRoutes(organizationService).routes(),
                new ClusterRoutes(clusterService, new Nodes(given.engine(), given.host())).routes(),
                new RegionRoutes().routes(),
                new SqlUserRoutes(new SqlUserService(clusterSql, given.sqlAccessQueue(), audit))
                    .routes(),
                new DatabaseRoutes(new DatabaseService(clusterSql, audit)).routes(),
                new FolderRoutes(new FolderService(folders, roles, tx, audit, ids)).routes(),
                new ServiceAccountRoutes(accountService).routes(),
                new ApiKeyRoutes(keyService).routes(),
                new RoleRoutes(roleService).routes(),
                new AuditLogRoutes(new AuditReader(given.auditStore()), tx).routes())
            .<Route<?, ?>>flatMap(List::stream)
            .toList();
    this.authenticator =
        new ServiceAccountAuthenticator(keys, accounts, roles, tx, given.epochs(), given.keyset());
    this.tree = cloudTree;
    this.clusterReconciler =
        new ClusterReconciler(
            clusters, roles, given.engine(), tx, audit, given.removalQueue(), given.host());
    this.clusterRemoval = new ClusterRemoval(clusters, given.engine(), tx, given.host());
    this.sqlAccess = new SqlAccessReconciler(clusters, given.engine(), tx, audit, given.host());
    this.organizations = organizationService;
    this.hostKeys = new HostKeys(organizationService, accountService, keyService, roles, audit, tx);
    this.founding =
        new OrganizationBootstrap(organizationService, accountService, keyService, audit, tx);
  }

  public List<Route<?, ?>> routes() {
    return routes;
  }

  public Authenticator authenticator() {
    return authenticator;
  }

  public ResourceTree tree() {
    return tree;
  }

  public Reconciler clusterReconciler() {
    return clusterReconciler;
  }

  public Reconciler clusterRemoval() {
    return clusterRemoval;
  }

  public Reconciler sqlAccess() {
    return sqlAccess;
  }

  /** The organization of a store that has but one. */
  public Optional<Tenant> onlyOrganization(Session session) {
    return organizations.only(session);
  }

  /** Makes organizations, which nobody inside one can do. */
  public OrganizationBootstrap founding() {
    return founding;
  }

  /** Makes keys of administrators on the host, for an organization that nobody gets into. */
  public HostKeys hostKeys() {
    return hostKeys;
  }
}
