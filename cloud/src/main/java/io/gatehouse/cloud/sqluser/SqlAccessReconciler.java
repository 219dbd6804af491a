package io.gatehouse.cloud.sqluser;

import io.gatehouse.cloud.cluster.Cluster;
import io.gatehouse.cloud.cluster.ClusterState;
import io.gatehouse.cloud.cluster.ClusterStore;
import io.gatehouse.engines.AccessSweep;
import io.gatehouse.engines.ClusterEngine;
import io.gatehouse.engines.SqlAdmin;
import io.gatehouse.engines.SqlUser;
import io.gatehouse.engines.UserRemoval;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditTarget;
import io.gatehouse.platform.reconcile.Outcome;
import io.gatehouse.platform.reconcile.Reconciler;
import io.gatehouse.platform.store.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with the removals of SQL users that were not done when they were answered, and keeps the
 * access to each cluster as it should be. It has threads of its own, so that creations of clusters
 * do not delay a revocation.
 */
public final class SqlAccessReconciler implements Reconciler {
  public static final String KIND = "sql_access";

  private static final Logger LOG = LoggerFactory.getLogger(SqlAccessReconciler.class);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

  private final ClusterStore store;
  private final ClusterEngine engine;
  private final Transactions transactions;
  private final AuditLog audit;
  private final UUID host;

  public SqlAccessReconciler(
      ClusterStore store,
      ClusterEngine engine,
      Transactions transactions,
      AuditLog audit,
      UUID host) {
    this.store = store;
    this.engine = engine;
    this.transactions = transactions;
    this.audit = audit;
    this.host = host;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<UUID> toLookAt() {
    return transactions.read(session -> store.idsOnHost(session, host, Cluster.Wanted.PRESENT));
  }

  @Override
  public Outcome reconcile(UUID id) {
    Optional<Cluster> cluster =
        transactions
            .read(session -> store.findForReconciler(session, id))
            .filter(found -> found.host().equals(host))
            .filter(found -> isServing(found.state()));
    if (cluster.isEmpty()) {
      return Outcome.settled();
    }
    SqlAdmin sql = engine.sql(id);
    AccessSweep sweep = sql.sweep();
    record(cluster.get(), sql, sweep);
    int ended = sql.repair();
    if (ended > 0) {
      LOG.warn("cluster {}: ended {} sessions that belonged to no user", id, ended);
    }
    return sweep.unfinished().isEmpty() ? Outcome.settled() : Outcome.again(BETWEEN_ATTEMPTS);
  }

  private static boolean isServing(ClusterState state) {
    return switch (state) {
      case CREATED, LOCKED -> true;
      case CREATING, CREATION_FAILED, DELETED -> false;
    };
  }

  private void record(Cluster cluster, SqlAdmin sql, AccessSweep sweep) {
    if (sweep.restarted()) {
      LOG.warn("cluster {} was restarted to end a session of a removed user", cluster.id());
      sweep.unfinished().forEach(user -> record(cluster, user));
    }
    for (SqlUser user : sweep.finished()) {
      record(cluster, user);
      sql.confirmRemoval(user);
    }
  }

  private void record(Cluster cluster, SqlUser user) {
    UserRemoval removal = user.removal().orElseThrow();
    AuditTarget subject =
        AuditTarget.cluster(cluster.id(), cluster.name())
            .and("sql_user", user.name())
            .and("removal", RemovalView.of(removal));
    LOG.info("cluster {}: removal of a SQL user is {}", cluster.id(), removal.state());
    transactions.write(
        tx -> {
          audit.recordSystem(
              tx,
              cluster.tenant(),
              SqlUserOperations.DELETE.auditAction(),
              subject,
              Optional.empty());
          return true;
        });
  }
}
