package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.operation.HttpMethod;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Revocation;
import java.util.function.BooleanSupplier;

/**
 * Refuses changes while the metadata store writes on the last of its disk, except those that take
 * something away: they are what the space is reserved for. Whether one that may do so really does
 * is decided by its service.
 */
final class KeepReserve implements Stage {
  private final BooleanSupplier onReserve;

  KeepReserve(BooleanSupplier onReserve) {
    this.onReserve = onReserve;
  }

  @Override
  public void apply(Exchange exchange) {
    Operation<?, ?> operation = exchange.operation();
    if (operation.changes() && !takesAway(operation) && onReserve.getAsBoolean()) {
      throw ErrorCode.DISK_FULL.with("what", "the metadata store");
    }
  }

  private static boolean takesAway(Operation<?, ?> operation) {
    return operation.revocation() != Revocation.NO || operation.method() == HttpMethod.DELETE;
  }
}
