package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.role.RoleStore;
import io.gatehouse.engines.ClusterEngine;
import io.gatehouse.engines.Desired;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.Observed;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditTarget;
import io.gatehouse.platform.reconcile.Outcome;
import io.gatehouse.platform.reconcile.ReconcileQueue;
import io.gatehouse.platform.reconcile.Reconciler;
import io.gatehouse.platform.store.Transactions;
import io.gatehouse.platform.store.Tx;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the engine agree with the rows of clusters that are wanted: it compares, lets the engine
 * converge, reads back what is there, and records that. A cluster that cannot be made within {@link
 * #CREATION_TIMEOUT}, or ever, is CREATION_FAILED, and {@link ClusterRemoval} removes what was made
 * of it. What keeps a cluster from serving is recorded as long as it does.
 */
public final class ClusterReconciler implements Reconciler {
  public static final String KIND = "cluster";

  private static final Logger LOG = LoggerFactory.getLogger(ClusterReconciler.class);
  private static final Duration CREATION_TIMEOUT = Duration.ofMinutes(5);
  static final String DATA_GONE =
      "The data of the cluster is gone from its server; put it back there, or delete the cluster";

  private final ClusterStore store;
  private final RoleStore roles;
  private final ClusterEngine engine;
  private final Transactions transactions;
  private final AuditLog audit;
  private final ReconcileQueue removals;
  private final UUID host;

  public ClusterReconciler(
      ClusterStore store,
      RoleStore roles,
      ClusterEngine engine,
      Transactions transactions,
      AuditLog audit,
      ReconcileQueue removals,
      UUID host) {
    this.store = store;
    this.roles = roles;
    this.engine = engine;
    this.transactions = transactions;
    this.audit = audit;
    this.removals = removals;
    this.host = host;
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** What has a row on this host, and what the engine has without one. */
  @Override
  public List<UUID> toLookAt() {
    Set<UUID> ids = new LinkedHashSet<>(idsOnHost(Cluster.Wanted.PRESENT));
    ids.addAll(engine.present());
    idsOnHost(Cluster.Wanted.ABSENT).forEach(ids::remove);
    return List.copyOf(ids);
  }

  private List<UUID> idsOnHost(Cluster.Wanted wanted) {
    return transactions.read(session -> store.idsOnHost(session, host, wanted));
  }

  @Override
  public Outcome reconcile(UUID id) {
    Optional<Cluster> cluster = transactions.read(session -> store.findForReconciler(session, id));
    if (cluster.isEmpty()) {
      return tidy(id);
    }
    if (!cluster.get().host().equals(host)) {
      return Outcome.again(elsewhere());
    }
    return switch (cluster.get().goal().wanted()) {
      case PRESENT -> makePresent(cluster.get());
      case ABSENT -> leaveToRemoval(id);
    };
  }

  /** A removal must not wait behind clusters that are slow to start. */
  private Outcome leaveToRemoval(UUID id) {
    removals.hasten(id);
    return Outcome.settled();
  }

  /**
   * Just after this server looks the next time, so that the one that has the cluster looks first;
   * not always at the same distance, or one that looks right after this one would never be first.
   */
  static Duration elsewhere() {
    return Duration.ofMillis(1000 + ThreadLocalRandom.current().nextInt(150));
  }

  /**
   * A row is written before the engine acts and is never deleted. So data without a row is not ours
   * to judge: the store is an older one than the data, or another.
   */
  private Outcome tidy(UUID id) {
    if (hasNoData(engine.observe(id))) {
      LOG.warn("cluster {} has no row and no data: what is left of it is removed", id);
      engine.converge(id, new Desired(Presence.ABSENT, new Resources(1)), Progress.SILENT);
    } else {
      LOG.error("the data of cluster {} has no row in the store; it is left as it is", id);
    }
    return Outcome.settled();
  }

  private Outcome makePresent(Cluster cluster) {
    if (cluster.condition().settledGeneration() > 0 && hasNoData(engine.observe(cluster.id()))) {
      return dataGone(cluster);
    }
    try {
      Resources resources = new Resources(cluster.spec().virtualCpus());
      engine.converge(cluster.id(), running(cluster, resources), progress(cluster));
      return readBack(cluster, resources);
    } catch (EngineException e) {
      return failed(cluster, e);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      return failed(cluster, EngineException.passing("The engine fails: " + e.getMessage(), e));
    }
  }

  /** No empty one is made in its place; each sweep looks whether the data was put back. */
  private Outcome dataGone(Cluster cluster) {
    LOG.error("the data of cluster {} ({}) is gone", cluster.id(), cluster.name());
    Cluster broken = cluster.broken(DATA_GONE);
    if (!broken.equals(cluster)) {
      record(cluster, seen -> seen.broken(DATA_GONE));
    }
    return Outcome.settled();
  }

  private static boolean hasNoData(Observed observed) {
    return switch (observed) {
      case Observed.Absent absent -> true;
      case Observed.Partial partial -> !partial.hasData();
      case Observed.Stopped stopped -> false;
      case Observed.Running running -> false;
      case Observed.Unresponsive unresponsive -> false;
    };
  }

  /** Settles the cluster if the engine really shows what is wanted. */
  private Outcome readBack(Cluster cluster, Resources resources) {
    Observed observed = engine.observe(cluster.id());
    if (observed instanceof Observed.Running running && running.resources().equals(resources)) {
      settle(cluster, running);
      return Outcome.settled();
    }
    String what = "The cluster does not serve yet: " + told(observed);
    return failed(cluster, EngineException.passing(what, null));
  }

  private static String told(Observed observed) {
    return switch (observed) {
      case Observed.Absent absent -> "nothing of it is there";
      case Observed.Partial partial -> partial.what();
      case Observed.Stopped stopped -> "no process serves it";
      case Observed.Running running -> "it has other resources than it should";
      case Observed.Unresponsive unresponsive -> unresponsive.reason();
    };
  }

  private static Desired running(Cluster cluster, Resources resources) {
    OptionalInt port =
        cluster
            .endpoint()
            .map(endpoint -> OptionalInt.of(endpoint.port()))
            .orElse(OptionalInt.empty());
    return new Desired(Presence.RUNNING, resources, cluster.goal().generation(), port);
  }

  private void settle(Cluster cluster, Observed.Running running) {
    if (cluster.isSettled()
        && cluster.state() == ClusterState.CREATED
        && cluster.condition().failure().equals(running.limitation())
        && cluster.endpoint().equals(Optional.of(running.endpoint()))) {
      return;
    }
    LOG.info("cluster {} serves SQL on port {}", cluster.id(), running.endpoint().port());
    record(cluster, seen -> seen.serving(running.endpoint(), running.limitation()));
  }

  /** A cluster that never was there is given up; for one that was, work goes on. */
  private Outcome failed(Cluster cluster, EngineException failure) {
    if (failure.hasYielded()) {
      return yielded(cluster, failure);
    }
    boolean givenUp =
        transactions.write(tx -> isHopeless(tx, cluster, failure) && giveUp(tx, cluster, failure));
    if (!givenUp) {
      explain(cluster, String.valueOf(failure.getMessage()));
      throw failure;
    }
    LOG.warn("cluster {} cannot be made: {}", cluster.id(), failure.getMessage(), failure);
    return Outcome.settled();
  }

  /** Whatever came first has a wake-up of its own, unless it wants the same. */
  private Outcome yielded(Cluster cluster, EngineException failure) {
    if (isCurrent(cluster)) {
      throw failure;
    }
    return Outcome.settled();
  }

  private boolean isCurrent(Cluster cluster) {
    return transactions
        .read(session -> store.find(cluster.tenant(), session, cluster.id()))
        .filter(now -> now.goal().generation() == cluster.goal().generation())
        .isPresent();
  }

  /** Says to who looks why it does not serve; written again only when that changes. */
  private void explain(Cluster cluster, String reason) {
    if (!cluster.condition().failure().equals(Optional.of(reason))) {
      record(cluster, seen -> seen.because(reason));
    }
  }

  private static boolean isHopeless(Tx tx, Cluster cluster, EngineException failure) {
    boolean late = tx.now().isAfter(cluster.createdAt().plus(CREATION_TIMEOUT));
    return cluster.state() == ClusterState.CREATING && (failure.permanent() || late);
  }

  private boolean giveUp(Tx tx, Cluster cluster, EngineException failure) {
    String reason = String.valueOf(failure.getMessage());
    Cluster now = store.find(cluster.tenant(), tx, cluster.id()).orElseThrow();
    if (now.goal().generation() != cluster.goal().generation()
        || !store.update(cluster.tenant(), tx, now.failed(reason))) {
      return false;
    }
    roles.retire(cluster.tenant(), tx, Scope.cluster(cluster.id()));
    audit.recordSystem(
        tx,
        cluster.tenant(),
        ClusterOperations.CREATE.auditAction(),
        AuditTarget.cluster(cluster.id(), cluster.name()),
        Optional.of(reason));
    removals.wake(tx, cluster.id());
    return true;
  }

  /** Records what was seen, unless something else is wanted by now. */
  private void record(Cluster cluster, UnaryOperator<Cluster> change) {
    transactions.write(
        tx -> {
          Cluster now = store.find(cluster.tenant(), tx, cluster.id()).orElseThrow();
          return now.goal().generation() == cluster.goal().generation()
              && store.update(cluster.tenant(), tx, change.apply(now));
        });
  }

  static Progress progress(Cluster cluster) {
    return step -> LOG.info("cluster {} ({}): {}", cluster.id(), cluster.name(), step);
  }
}
