package io.gatehouse.cloud.sqluser;

import io.gatehouse.cloud.cluster.Cluster;
import io.gatehouse.cloud.cluster.ClusterSql;
import io.gatehouse.cloud.sqluser.SqlUserOperations.ChangePassword;
import io.gatehouse.cloud.sqluser.SqlUserOperations.CreateSqlUser;
import io.gatehouse.cloud.sqluser.SqlUserOperations.DeleteSqlUser;
import io.gatehouse.engines.SqlUser;
import io.gatehouse.engines.UserRemoval;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditTarget;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.paging.Page;
import io.gatehouse.platform.paging.PageRequest;
import io.gatehouse.platform.paging.Pages;
import io.gatehouse.platform.reconcile.ReconcileQueue;
import io.gatehouse.platform.store.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The use cases of SQL users. */
public final class SqlUserService {
  /** How long a call waits for a removal before it answers how far it is. */
  private static final Duration REMOVAL_WAIT = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(SqlUserService.class);

  private final ClusterSql clusters;
  private final ReconcileQueue sweeps;
  private final AuditLog audit;

  /**
   * @param sweeps wakes {@link SqlAccessReconciler} for a cluster
   */
  public SqlUserService(ClusterSql clusters, ReconcileQueue sweeps, AuditLog audit) {
    this.clusters = clusters;
    this.sweeps = sweeps;
    this.audit = audit;
  }

  public Page<SqlUser> list(Tenant tenant, UUID clusterId, PageRequest request) {
    Cluster cluster = clusters.requireServing(tenant, clusterId);
    return Pages.page(
        request,
        ClusterSql.BY_NAME,
        user -> List.of(user.name()),
        window -> clusters.with(cluster, sql -> sql.users(ClusterSql.page(window))));
  }

  public void create(Call call, CreateSqlUser request) {
    SqlNames.checkUser(request.name());
    SqlNames.checkPassword(request.password());
    Cluster cluster = clusters.requireUnlocked(call.tenant(), request.clusterId());
    audit.around(
        call,
        subject(cluster, request.name()),
        () -> {
          clusters
              .with(
                  cluster, sql -> sql.createUser(request.name(), request.password(), REMOVAL_WAIT))
              .ifPresent(
                  taken -> {
                    throw taken(request.name(), taken);
                  });
          return request.name();
        });
  }

  private static GatehouseException taken(String name, SqlUser existing) {
    if (existing.removal().isPresent()) {
      String blocker = existing.removal().get().blocker().map(text -> ": " + text).orElse("");
      return ErrorCode.NAME_TAKEN.with(
          "rule", "the SQL user '" + existing.name() + "' is still being removed" + blocker);
    }
    if (!existing.name().equals(name)) {
      return ErrorCode.NAME_TAKEN.with(
          "rule", "the SQL user '" + existing.name() + "' exists, whose name differs in case only");
    }
    return ErrorCode.ALREADY_EXISTS.with("resource", "SQL user", "name", name);
  }

  /** Takes the access away also while the cluster is being changed. */
  public SqlUser delete(Call call, DeleteSqlUser request) {
    Cluster cluster = clusters.requireServing(call.tenant(), request.clusterId());
    AuditTarget subject = subject(cluster, request.name());
    UserRemoval removal =
        audit.around(
            call,
            subject,
            () -> remove(cluster, request.name()),
            done -> subject.and("removal", RemovalView.of(done)));
    SqlUser removed = new SqlUser(request.name(), Optional.of(removal));
    if (removal.state() == UserRemoval.State.DONE) {
      confirm(cluster, removed);
    } else {
      sweeps.hasten(cluster.id());
    }
    return removed;
  }

  private UserRemoval remove(Cluster cluster, String name) {
    return clusters
        .with(cluster, sql -> sql.removeUser(name, REMOVAL_WAIT))
        .orElseThrow(() -> GatehouseException.notFound("SQL user"));
  }

  /** It is in the audit log. What is not confirmed comes there once more, by the next sweep. */
  private void confirm(Cluster cluster, SqlUser removed) {
    try {
      clusters.with(
          cluster,
          sql -> {
            sql.confirmRemoval(removed);
            return true;
          });
    } catch (GatehouseException e) {
      LOG.warn("a removal in cluster {} is not confirmed: {}", cluster.id(), e.getMessage());
    }
  }

  public void changePassword(Call call, ChangePassword request) {
    SqlNames.checkPassword(request.password());
    Cluster cluster = clusters.requireUnlocked(call.tenant(), request.clusterId());
    audit.around(
        call,
        subject(cluster, request.name()),
        () -> {
          if (!clusters.with(
              cluster, sql -> sql.changePassword(request.name(), request.password()))) {
            throw GatehouseException.notFound("SQL user");
          }
          return request.name();
        });
  }

  private static AuditTarget subject(Cluster cluster, String user) {
    return AuditTarget.cluster(cluster.id(), cluster.name()).and("sql_user", user);
  }
}
