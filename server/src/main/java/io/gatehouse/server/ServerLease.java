package io.gatehouse.server;

import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.store.Transactions;
import io.gatehouse.server.ServerLeaseStore.Held;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to work under the id of a server. It is in the metadata store, by the database's clock,
 * and is renewed as long as the process lives; so two servers of one id, which a copied data
 * directory makes, do not go unnoticed: both would look after the same clusters.
 *
 * <p>Whoever starts takes the lease at once when nobody holds it, when it was not renewed for its
 * term, or when it was held in the same place: there the file lock of the data directory has shown
 * that the earlier process is gone, so that a restart after a crash does not wait. Otherwise it
 * watches for a renewal, which shows that the holder lives.
 */
final class ServerLease {
  static final Duration TERM = Duration.ofSeconds(15);
  static final Duration RENEWAL = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Logger LOG = LoggerFactory.getLogger(ServerLease.class);

  /**
   * A process that works under the id of a server.
   *
   * @param place where its file lock is: the same text means the same lock; empty: not known
   * @param host names its machine for operators
   */
  record Holder(UUID serverId, UUID incarnation, String place, String host) {
    private boolean isIn(String other) {
      return !place.isEmpty() && place.equals(other);
    }
  }

  /** Waits between two looks at the lease. */
  @FunctionalInterface
  interface Pause {
    void pause(Duration duration) throws InterruptedException;
  }

  private final ServerLeaseStore store = new ServerLeaseStore();
  private final Transactions transactions;
  private final Holder self;
  private final Pause pause;
  private volatile boolean held;
  private volatile boolean lost;

  ServerLease(Transactions transactions, Holder self, Pause pause) {
    this.transactions = transactions;
    this.self = self;
    this.pause = pause;
  }

  /**
   * Takes the lease.
   *
   * @throws ConfigException when another process holds it
   */
  void acquire() {
    Optional<Held> first = tryTake();
    first.ifPresent(
        other ->
            LOG.info(
                "waiting up to {} s for a sign of life of the server of this id on host {}",
                TERM.toSeconds(),
                other.holder().host()));
    Optional<Held> now = first;
    while (now.isPresent()) {
      if (!now.equals(first)) {
        throw taken(now.get());
      }
      await();
      now = tryTake();
    }
    held = true;
  }

  /**
   * Renews the lease.
   *
   * @return whether it is held; once another process has it, it stays lost
   */
  boolean renew() {
    if (!held || lost) {
      return !lost;
    }
    boolean ours = transactions.write(tx -> store.renew(tx, self)) || tryTake().isEmpty();
    if (!ours) {
      lost = true;
      LOG.error("another server runs with the id {}; this one stops its work", self.serverId());
    }
    return ours;
  }

  /** Whether another process has it now. */
  boolean isLost() {
    return lost;
  }

  /** Gives it back. */
  void release() {
    if (held) {
      held = false;
      transactions.write(
          tx -> {
            store.remove(tx, self);
            return self;
          });
    }
  }

  /** Takes it unless another process may hold it, which is returned. */
  private Optional<Held> tryTake() {
    return transactions.write(
        tx -> {
          Optional<Held> other =
              store
                  .find(tx, self.serverId())
                  .filter(found -> !found.holder().isIn(self.place()))
                  .filter(found -> found.renewedAt().plus(TERM).isAfter(tx.now()));
          if (other.isEmpty()) {
            store.put(tx, self);
          }
          return other;
        });
  }

  private void await() {
    try {
      pause.pause(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConfigException("the start was interrupted");
    }
  }

  private ConfigException taken(Held other) {
    return new ConfigException(
        ("a server with the id %s runs on host %s already: a copy of a data directory must not be"
                + " used beside the original; give this server a data directory of its own with a"
                + " copy of keyset.json alone")
            .formatted(self.serverId(), other.holder().host()));
  }
}
