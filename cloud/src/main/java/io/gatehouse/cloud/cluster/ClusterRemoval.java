package io.gatehouse.cloud.cluster;

import io.gatehouse.engines.ClusterEngine;
import io.gatehouse.engines.Desired;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Resources;
import io.gatehouse.platform.reconcile.Outcome;
import io.gatehouse.platform.reconcile.Reconciler;
import io.gatehouse.platform.store.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Removes the clusters that are not wanted any more, with threads of its own: clusters that hang or
 * are slow to start do not delay it. A removal that fails is repeated until nothing is left.
 */
public final class ClusterRemoval implements Reconciler {
  public static final String KIND = "cluster_removal";

  private final ClusterStore store;
  private final ClusterEngine engine;
  private final Transactions transactions;
  private final UUID host;

  public ClusterRemoval(
      ClusterStore store, ClusterEngine engine, Transactions transactions, UUID host) {
    this.store = store;
    this.engine = engine;
    this.transactions = transactions;
    this.host = host;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<UUID> toLookAt() {
    return transactions.read(session -> store.idsOnHost(session, host, Cluster.Wanted.ABSENT));
  }

  @Override
  public Outcome reconcile(UUID id) {
    Optional<Cluster> found = transactions.read(session -> store.findForReconciler(session, id));
    if (found.filter(cluster -> cluster.goal().wanted() == Cluster.Wanted.ABSENT).isEmpty()) {
      return Outcome.settled();
    }
    Cluster cluster = found.get();
    return cluster.host().equals(host)
        ? remove(cluster)
        : Outcome.again(ClusterReconciler.elsewhere());
  }

  private Outcome remove(Cluster cluster) {
    Desired absent =
        new Desired(
            Presence.ABSENT, new Resources(1), cluster.goal().generation(), OptionalInt.empty());
    try {
      engine.converge(cluster.id(), absent, ClusterReconciler.progress(cluster));
    } catch (EngineException e) {
      explain(cluster, "The data is not removed yet: " + e.getMessage());
      throw e;
    }
    if (!cluster.isSettled()) {
      record(cluster, cluster.gone());
    }
    return Outcome.settled();
  }

  /** A failed creation keeps the reason for which it failed. */
  private void explain(Cluster cluster, String reason) {
    boolean known = cluster.condition().failure().equals(Optional.of(reason));
    if (cluster.state() == ClusterState.DELETED && !known) {
      record(cluster, cluster.because(reason));
    }
  }

  /** Nothing but this is written to a row that is not wanted any more. */
  private void record(Cluster cluster, Cluster seen) {
    var _ = transactions.write(tx -> store.update(cluster.tenant(), tx, seen));
  }
}
