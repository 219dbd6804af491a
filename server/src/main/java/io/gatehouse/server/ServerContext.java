package io.gatehouse.server;

import io.gatehouse.cloud.CloudModule;
import io.gatehouse.cloud.cluster.ClusterReconciler;
import io.gatehouse.cloud.cluster.ClusterRemoval;
import io.gatehouse.cloud.sqluser.SqlAccessReconciler;
import io.gatehouse.engines.ClusterEngine;
import io.gatehouse.engines.postgres.DiskReserve;
import io.gatehouse.engines.postgres.PostgresEngine;
import io.gatehouse.engines.postgres.PostgresTemplate;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditStore;
import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.readiness.ReadinessCheck;
import io.gatehouse.platform.reconcile.ReconcileQueue;
import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.secret.KeysetFile;
import io.gatehouse.platform.store.Epochs;
import io.gatehouse.platform.store.Transactions;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** What the server and the administrative commands have in common: data, keyset, store, engine. */
final class ServerContext implements AutoCloseable {
  private final DataDirectory directory;
  private final MetadataStore store;
  private final Epochs epochs;
  private final Transactions transactions;
  private final ReconcileQueue reconcileQueue;
  private final ReconcileQueue removalQueue;
  private final ReconcileQueue sqlAccessQueue;
  private final AuditLog audit;
  private final PostgresEngine engine;
  private final ServerLease lease;
  private final DiskWatch disk;
  private final CloudModule cloud;
  private final Keyset keyset;
  private final Ids ids = Ids.timeOrdered();
  private final Clock clock = Clock.systemUTC();

  ServerContext(Configuration config, DataDirectory directory) {
    this.directory = directory;
    boolean fresh = !directory.keyset().exists();
    this.keyset = keyset(directory, fresh);
    UUID server = directory.serverId();
    PostgresTemplate template = new PostgresTemplate(directory.postgres());
    this.store = MetadataStore.open(config.store(), directory, template, keyset);
    try {
      store.migrate();
      this.epochs = new Epochs(store.database().watching(), clock);
      this.transactions = new Transactions(store.database().jdbi(), epochs);
      this.engine =
          new PostgresEngine(
              config.engine().postgres(directory.clusters()),
              template,
              id -> keyset.derive("cluster", id),
              clock);
      this.lease = newLease();
      AuditStore auditStore = new AuditStore();
      this.audit = new AuditLog(auditStore, transactions, ids);
      this.reconcileQueue = new ReconcileQueue(ClusterReconciler.KIND, transactions, ids);
      this.removalQueue = new ReconcileQueue(ClusterRemoval.KIND, transactions, ids);
      this.sqlAccessQueue = new ReconcileQueue(SqlAccessReconciler.KIND, transactions, ids);
      this.disk = new DiskWatch(engine, reserve(config), reconcileQueue, lease::isLost);
      this.cloud =
          new CloudModule(
              new CloudModule.Given(
                  transactions,
                  epochs,
                  auditStore,
                  audit,
                  keyset,
                  reconcileQueue,
                  removalQueue,
                  sqlAccessQueue,
                  ids,
                  engine,
                  server,
                  lease::isLost,
                  disk::isStoreOnReserve));
      boolean inUse = (!fresh && !cloud.founding().isNeeded()) || !engine.present().isEmpty();
      new KeysetVerification(transactions).check(keyset, directory.keyset(), inUse);
    } catch (RuntimeException e) {
      giveUp(store);
      throw e;
    }
  }

  private static Keyset keyset(DataDirectory directory, boolean fresh) {
    KeysetFile file = directory.keyset();
    if (fresh && Files.exists(directory.metadata())) {
      throw new ConfigException(
          "keyset %s is missing; without it nothing in this data directory can be opened"
              .formatted(file.path()));
    }
    try {
      return fresh ? file.create() : file.read();
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new ConfigException(
          "keyset %s cannot be read or is damaged; put a copy of it there".formatted(file.path()));
    }
  }

  private ServerLease newLease() {
    return new ServerLease(
        new Transactions(store.database().watching(), epochs),
        new ServerLease.Holder(
            directory.serverId(), ids.next(), directory.lockName(), HostName.get()),
        Thread::sleep);
  }

  /** A store elsewhere has a disk of its own. */
  private DiskReserve reserve(Configuration config) {
    boolean embedded = config.store().databaseUrl().isEmpty();
    return new DiskReserve(
        directory.path().resolve("reserve"),
        embedded ? config.engine().storeReserveBytes() : 0,
        config.engine().readOnlyBelowBytes());
  }

  /** The right to work under the id of this server; an administrative command never takes it. */
  ServerLease lease() {
    return lease;
  }

  DiskWatch disk() {
    return disk;
  }

  DataDirectory directory() {
    return directory;
  }

  MetadataStore store() {
    return store;
  }

  Epochs epochs() {
    return epochs;
  }

  Transactions transactions() {
    return transactions;
  }

  ReconcileQueue reconcileQueue() {
    return reconcileQueue;
  }

  ReconcileQueue removalQueue() {
    return removalQueue;
  }

  ReconcileQueue sqlAccessQueue() {
    return sqlAccessQueue;
  }

  AuditLog audit() {
    return audit;
  }

  ClusterEngine engine() {
    return engine;
  }

  CloudModule cloud() {
    return cloud;
  }

  /** What must hold before requests can be served; a module's checks are added here. */
  List<ReadinessCheck> readinessChecks() {
    return List.of(
        ReadinessCheck.of("store", store::readiness), new OrganizationReadiness(cloud.founding()));
  }

  Keyset keyset() {
    return keyset;
  }

  Ids ids() {
    return ids;
  }

  Clock clock() {
    return clock;
  }

  /** Leaves things as they were found, because the start failed. */
  void giveUp() {
    if (store.isStartedHere()) {
      engine.stopAll();
    }
    giveUp(store);
  }

  private static void giveUp(MetadataStore store) {
    if (store.isStartedHere()) {
      store.close();
    } else {
      store.disconnect();
    }
  }

  /** Ends everything that runs for this installation. */
  @Override
  public void close() {
    engine.stopAll();
    store.close();
  }
}
