package io.gatehouse.cloud.cluster;

import io.gatehouse.engines.ClusterEngine;
import io.gatehouse.engines.Desired;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.Observed;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.Subject;
import io.gatehouse.platform.reconcile.Outcome;
import io.gatehouse.platform.reconcile.Reconciler;
import io.gatehouse.platform.reconcile.WakeUps;
import io.gatehouse.platform.store.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the engine agree with what the rows of clusters want: it compares, lets the engine
 * converge, reads back what is there, and records that. A cluster that cannot be made within a
 * while, or ever, is CREATION_FAILED, and what was made of it is removed again.
 */
public final class ClusterReconciler implements Reconciler {
  public static final String KIND = "cluster";

  private static final Logger LOG = LoggerFactory.getLogger(ClusterReconciler.class);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration DATA_GONE = Duration.ofMinutes(1);
  private static final Duration ELSEWHERE = Duration.ofSeconds(5);

  private final ClusterStore store;
  private final ClusterEngine engine;
  private final Transactions transactions;
  private final AuditLog audit;
  private final WakeUps wakeUps;
  private final Clock clock;
  private final UUID host;

  public ClusterReconciler(
      ClusterStore store,
      ClusterEngine engine,
      Transactions transactions,
      AuditLog audit,
      WakeUps wakeUps,
      Clock clock,
      UUID host) {
    this.store = store;
    this.engine = engine;
    this.transactions = transactions;
    this.audit = audit;
    this.wakeUps = wakeUps;
    this.clock = clock;
    this.host = host;
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** What has a row on this host, and what the engine has without one. */
  @Override
  public List<UUID> unsettled() {
    List<UUID> ids = new ArrayList<>(transactions.read(session -> store.idsOnHost(session, host)));
    Set<UUID> known = Set.copyOf(ids);
    engine.present().stream().filter(id -> !known.contains(id)).forEach(ids::add);
    return ids;
  }

  @Override
  public Outcome reconcile(UUID id) {
    Optional<Cluster> cluster = transactions.read(session -> store.findForReconciler(session, id));
    if (cluster.isEmpty()) {
      LOG.warn("cluster {} has no row: what is left of it is removed", id);
      engine.converge(id, absent(), Progress.SILENT);
      return Outcome.settled();
    }
    if (!cluster.get().host().equals(host)) {
      return Outcome.again(ELSEWHERE);
    }
    return switch (cluster.get().goal().wanted()) {
      case PRESENT -> makePresent(cluster.get());
      case ABSENT -> makeAbsent(cluster.get());
    };
  }

  private Outcome makePresent(Cluster cluster) {
    if (cluster.condition().settledGeneration() > 0
        && engine.observe(cluster.id()) instanceof Observed.Absent) {
      LOG.error("the data of cluster {} is gone; no empty one is made in its place", cluster.id());
      return Outcome.again(DATA_GONE);
    }
    Resources resources = new Resources(cluster.spec().virtualCpus());
    try {
      engine.converge(cluster.id(), new Desired(Presence.RUNNING, resources), progress(cluster));
    } catch (EngineException e) {
      return failed(cluster, e);
    }
    return switch (engine.observe(cluster.id())) {
      case Observed.Running running when running.resources().equals(resources) -> {
        settle(cluster, running);
        yield Outcome.settled();
      }
      case Observed.Running running -> Outcome.again(RETRY);
      case Observed.Absent absent -> Outcome.again(RETRY);
      case Observed.Partial partial -> Outcome.again(RETRY);
      case Observed.Stopped stopped -> Outcome.again(RETRY);
      case Observed.Unresponsive unresponsive -> Outcome.again(RETRY);
    };
  }

  private Outcome makeAbsent(Cluster cluster) {
    engine.converge(cluster.id(), absent(), progress(cluster));
    record(cluster, seen -> seen.settled(seen.state(), Optional.empty()));
    return Outcome.settled();
  }

  private void settle(Cluster cluster, Observed.Running running) {
    if (cluster.isSettled()
        && cluster.state() == ClusterState.CREATED
        && cluster.endpoint().equals(Optional.of(running.endpoint()))) {
      return;
    }
    LOG.info("cluster {} serves SQL on port {}", cluster.id(), running.endpoint().port());
    record(cluster, seen -> seen.settled(ClusterState.CREATED, Optional.of(running.endpoint())));
  }

  private Outcome failed(Cluster cluster, EngineException failure) {
    boolean late = clock.instant().isAfter(cluster.createdAt().plus(PATIENCE));
    if (cluster.state() != ClusterState.CREATING || !(failure.permanent() || late)) {
      throw failure;
    }
    String reason = String.valueOf(failure.getMessage());
    LOG.warn("cluster {} cannot be made: {}", cluster.id(), reason, failure);
    transactions.write(
        tx -> {
          Cluster now = store.find(cluster.tenant(), tx, cluster.id()).orElseThrow();
          if (now.goal().generation() == cluster.goal().generation()
              && store.update(cluster.tenant(), tx, now.failed(reason))) {
            audit.recordSystem(
                tx,
                cluster.tenant(),
                ClusterOperations.CREATE.auditAction(),
                Subject.cluster(cluster.id(), cluster.name()),
                Optional.of(reason));
            wakeUps.wake(tx, cluster.id());
          }
          return now;
        });
    return Outcome.settled();
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

  private static Desired absent() {
    return new Desired(Presence.ABSENT, new Resources(1));
  }

  private static Progress progress(Cluster cluster) {
    return step -> LOG.info("cluster {} ({}): {}", cluster.id(), cluster.name(), step);
  }
}
