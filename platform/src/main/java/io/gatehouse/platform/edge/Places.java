package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.ErrorCode;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/**
 * Bounds the requests under way: all together, and those of one organization, so that one whose
 * requests take long leaves places to the others.
 */
final class Places implements Stage {
  private final Semaphore free;
  private final int mostOfOne;
  private final ConcurrentMap<UUID, Integer> taken = new ConcurrentHashMap<>();

  Places(int most, int mostOfOne) {
    this.free = new Semaphore(most);
    this.mostOfOne = mostOfOne;
  }

  /** Takes a place for a request of which nothing is known yet; false when there is none. */
  boolean enter() {
    return free.tryAcquire();
  }

  /** Takes one of its organization's places too. */
  @Override
  public void apply(Exchange exchange) {
    int now = taken.merge(exchange.principal().tenant().organization(), 1, Integer::sum);
    exchange.tookPlace();
    if (now > mostOfOne) {
      throw ErrorCode.OVERLOADED.with();
    }
  }

  /** Gives back what a request took. */
  void leave(Exchange exchange) {
    free.release();
    if (exchange.hasPlace()) {
      UUID organization = exchange.principal().tenant().organization();
      taken.computeIfPresent(organization, (id, count) -> count == 1 ? null : count - 1);
    }
  }
}
