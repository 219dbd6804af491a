package io.gatehouse.cloud.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.engines.ClusterEngine;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.SqlAdmin;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.paging.KeysetRange;
import io.gatehouse.platform.paging.SortKey;
import io.gatehouse.platform.paging.SortOrder;
import io.gatehouse.platform.reconcile.ReconcileQueue;
import io.gatehouse.platform.store.Tenant;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from other rooms into a cluster's database. */
public final class ClusterSql {
  /** What the lists of what is in a cluster are sorted by. */
  public static final SortKey BY_NAME = SortKey.of(SortKey.text("name"));

  private static final Logger LOG = LoggerFactory.getLogger(ClusterSql.class);

  private final ClusterService clusters;
  private final ClusterEngine engine;
  private final ReconcileQueue reconcileQueue;
  private final UUID host;
  private final BooleanSupplier leaseLost;

  /** Clusters that were told to the reconciler just now; each failing call would be too often. */
  private final Cache<UUID, Boolean> told =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(1)).build();

  /**
   * @param host this server
   * @param leaseLost whether another server works under the id of this one
   */
  public ClusterSql(
      ClusterService clusters,
      ClusterEngine engine,
      ReconcileQueue reconcileQueue,
      UUID host,
      BooleanSupplier leaseLost) {
    this.clusters = clusters;
    this.engine = engine;
    this.reconcileQueue = reconcileQueue;
    this.host = host;
    this.leaseLost = leaseLost;
  }

  /** The cluster, if its database can be looked into now. */
  public Cluster requireServing(Tenant tenant, UUID id) {
    return clusters.requireServing(tenant, id);
  }

  /** The cluster, if its database can be changed now. */
  public Cluster requireUnlocked(Tenant tenant, UUID id) {
    return clusters.requireUnlocked(tenant, id);
  }

  /**
   * Works in the cluster's database. One that does not answer, or that another server looks after
   * by now, is told as unavailable.
   */
  public <T> T with(Cluster cluster, Function<SqlAdmin, T> work) {
    if (leaseLost.getAsBoolean()) {
      throw unavailable();
    }
    try {
      return work.apply(engine.sql(cluster.id()));
    } catch (EngineException e) {
      LOG.warn("the database of cluster {} does not do its work: {}", cluster.id(), e.getMessage());
      tell(cluster);
      throw unavailable().causedBy(e);
    }
  }

  private static GatehouseException unavailable() {
    return ErrorCode.UNAVAILABLE.with("what", "the cluster's database");
  }

  /** What this server can mend need not wait for the next sweep. */
  private void tell(Cluster cluster) {
    if (cluster.host().equals(host) && told.asMap().putIfAbsent(cluster.id(), true) == null) {
      reconcileQueue.hasten(cluster.id());
    }
  }

  /** A window of a list by name, as the engine asks for it. */
  public static SqlAdmin.Page page(KeysetRange window) {
    return new SqlAdmin.Page(
        window.after().isEmpty() ? null : window.after().getFirst(),
        window.order() == SortOrder.DESC,
        window.limit());
  }
}
