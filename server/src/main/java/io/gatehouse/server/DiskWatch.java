package io.gatehouse.server;

import io.gatehouse.engines.postgres.DiskReserve;
import io.gatehouse.engines.postgres.PostgresEngine;
import io.gatehouse.platform.readiness.ReadinessCheck;
import io.gatehouse.platform.readiness.ReadinessStatus;
import io.gatehouse.platform.reconcile.ReconcileQueue;
import java.util.function.BooleanSupplier;

/** Keeps a full disk from stopping everything, and says so when it is nearly full. */
final class DiskWatch implements ReadinessCheck {
  private final PostgresEngine engine;
  private final DiskReserve reserve;
  private final ReconcileQueue clusters;
  private final BooleanSupplier leaseLost;

  /**
   * @param leaseLost whether another server has taken the lease of this one, and with it the
   *     clusters
   */
  DiskWatch(
      PostgresEngine engine,
      DiskReserve reserve,
      ReconcileQueue clusters,
      BooleanSupplier leaseLost) {
    this.engine = engine;
    this.reserve = reserve;
    this.clusters = clusters;
    this.leaseLost = leaseLost;
  }

  /** The store first: it is what revocations need. */
  void look() {
    reserve.look();
    if (!leaseLost.getAsBoolean()) {
      engine.guardDisk().forEach(clusters::hasten);
    }
  }

  /** Whether the store has nothing but its reserve left to write on. */
  boolean isStoreOnReserve() {
    return reserve.isInUse();
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public ReadinessStatus status() {
    if (!reserve.isHeld()) {
      return ReadinessStatus.degraded(
          "the disk is full or nearly so; the reserve of the metadata store is given up");
    }
    return engine.isDiskShort()
        ? ReadinessStatus.degraded("the disk is nearly full; clusters that grow are restricted")
        : ReadinessStatus.ready();
  }
}
