package io.gatehouse.server;

import io.gatehouse.platform.reconcile.Outcome;
import io.gatehouse.platform.reconcile.Reconciler;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * A reconciler that works only as long as the lease of its server is not lost: from then on another
 * server has the same clusters. Wake-ups that it was given stay due, for the other one.
 *
 * @param leaseLost whether another server has taken the lease
 */
record LeasedReconciler(Reconciler reconciler, BooleanSupplier leaseLost) implements Reconciler {
  private static final Duration UNTIL_THE_OTHER_LOOKS = Duration.ofSeconds(1);

  @Override
  public String kind() {
    return reconciler.kind();
  }

  @Override
  public Outcome reconcile(UUID id) {
    return leaseLost.getAsBoolean()
        ? Outcome.again(UNTIL_THE_OTHER_LOOKS)
        : reconciler.reconcile(id);
  }

  @Override
  public List<UUID> toLookAt() {
    return leaseLost.getAsBoolean() ? List.of() : reconciler.toLookAt();
  }
}
