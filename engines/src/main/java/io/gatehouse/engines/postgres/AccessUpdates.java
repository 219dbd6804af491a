package io.gatehouse.engines.postgres;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Brings what clients of clusters may do into the clusters, several at once: one that is slow is
 * left to itself and reported when it is done.
 */
final class AccessUpdates {
  private static final int MAX_AT_ONCE = 16;

  /** Carries an update out. */
  @FunctionalInterface
  interface Update {
    /**
     * @return whether clients may do more or less than before; empty if it has to be tried again
     */
    Optional<Boolean> apply(UUID id);
  }

  private final Function<UUID, ClientAccess> desired;
  private final Update update;
  private final Duration maxWait;
  private final Set<UUID> unknown = ConcurrentHashMap.newKeySet();
  private final Map<UUID, ClientAccess> applied = new ConcurrentHashMap<>();
  private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
  private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);

  /**
   * @param unknown the clusters that an earlier server may have left in the middle of an update
   * @param maxWait how long one call waits for the updates that it starts
   */
  AccessUpdates(
      Collection<UUID> unknown,
      Function<UUID, ClientAccess> desired,
      Update update,
      Duration maxWait) {
    this.unknown.addAll(unknown);
    this.desired = desired;
    this.update = update;
    this.maxWait = maxWait;
  }

  /**
   * Starts the updates that are due.
   *
   * @return the clusters whose updates were done since the last call and changed something
   */
  Set<UUID> run(Set<UUID> clusters) {
    applied.keySet().retainAll(clusters);
    unknown.retainAll(clusters);
    Predicate<UUID> isDue = this::isDue;
    await(clusters.stream().filter(isDue.and(underWay::add)).map(this::start).toList());
    Set<UUID> done = new HashSet<>(changed);
    changed.removeAll(done);
    return done;
  }

  private boolean isDue(UUID id) {
    return unknown.contains(id) || desired.apply(id) != applied.getOrDefault(id, ClientAccess.FULL);
  }

  private CompletableFuture<?> start(UUID id) {
    return CompletableFuture.runAsync(() -> apply(id), task -> Thread.ofVirtual().start(task));
  }

  private void apply(UUID id) {
    ClientAccess access = desired.apply(id);
    places.acquireUninterruptibly();
    try {
      update.apply(id).ifPresent(isChanged -> note(id, access, isChanged));
    } finally {
      places.release();
      underWay.remove(id);
    }
  }

  private void note(UUID id, ClientAccess access, boolean isChanged) {
    applied.put(id, access);
    unknown.remove(id);
    if (isChanged) {
      changed.add(id);
    }
  }

  private void await(Collection<CompletableFuture<?>> started) {
    CompletableFuture.allOf(started.toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, maxWait.toNanos(), TimeUnit.NANOSECONDS)
        .exceptionally(_ -> null)
        .join();
  }
}
