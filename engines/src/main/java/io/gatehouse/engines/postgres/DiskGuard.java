package io.gatehouse.engines.postgres;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Decides which clusters have to stop writing because the disk is nearly full. It compares what
 * each takes with what it took while there was enough space, so that the one that grew most is the
 * first. One that grows on although it is read-only is closed.
 */
final class DiskGuard {
  private static final Duration BASELINE_AGE = Duration.ofMinutes(5);

  /** PostgreSQL writes a little by itself, to its log ahead and for its statistics. */
  private static final long OWN_WRITES = 8L << 20;

  private final DiskLimits limits;
  private final LongSupplier freeBytes;
  private final ToLongFunction<UUID> sizeOf;
  private final Map<UUID, Long> baseline = new HashMap<>();
  private final Map<UUID, Long> restrictedAt = new HashMap<>();
  private final Map<UUID, ClientAccess> restricted = new HashMap<>();
  private long lastFree = Long.MAX_VALUE;
  private long baselineNanos = System.nanoTime() - BASELINE_AGE.toNanos();

  DiskGuard(DiskLimits limits, LongSupplier freeBytes, ToLongFunction<UUID> sizeOf) {
    this.limits = limits;
    this.freeBytes = freeBytes;
    this.sizeOf = sizeOf;
  }

  synchronized ClientAccess accessOf(UUID id) {
    return restricted.getOrDefault(id, ClientAccess.FULL);
  }

  /** Why the clients of a cluster may do less than everything; fit for a person. */
  Optional<String> limitation(UUID id) {
    return switch (accessOf(id)) {
      case FULL -> Optional.empty();
      case READ_ONLY ->
          Optional.of(
              "The disk of the server is nearly full: the cluster is read-only until there is room");
      case NONE ->
          Optional.of(
              "The disk of the server is nearly full: the cluster is closed to clients until there"
                  + " is room");
    };
  }

  /** Whether any cluster is restricted or less space is free than there should be. */
  synchronized boolean isShort() {
    return !restricted.isEmpty() || lastFree < limits.readOnlyBelow();
  }

  /** Looks at the disk and decides anew. */
  synchronized void look(Set<UUID> clusters) {
    if (limits.readOnlyBelow() == 0) {
      return;
    }
    long free = freeBytes.getAsLong();
    boolean falling = free < lastFree;
    lastFree = free;
    restricted.keySet().retainAll(clusters);
    if (free >= limits.enough()) {
      restricted.clear();
      restrictedAt.clear();
      keepBaseline(clusters);
    } else if (free < limits.readOnlyBelow()) {
      restrict(clusters, free, falling);
    }
  }

  private void keepBaseline(Set<UUID> clusters) {
    if (System.nanoTime() - baselineNanos >= BASELINE_AGE.toNanos()) {
      baseline.clear();
      clusters.forEach(id -> baseline.put(id, sizeOf.applyAsLong(id)));
      baselineNanos = System.nanoTime();
    }
  }

  private void restrict(Set<UUID> clusters, long free, boolean falling) {
    Map<UUID, Long> sizes = new HashMap<>();
    clusters.forEach(id -> sizes.put(id, sizeOf.applyAsLong(id)));
    closeWhoGrowsOn(sizes);
    if (free < limits.closedBelow()) {
      sizes.forEach((id, size) -> closeIfGrown(id, size));
    } else if (falling || restricted.isEmpty()) {
      sizes.keySet().stream()
          .filter(id -> !restricted.containsKey(id) && growth(sizes, id) > OWN_WRITES)
          .max(Comparator.comparingLong(id -> growth(sizes, id)))
          .ifPresent(id -> put(id, ClientAccess.READ_ONLY, sizes.getOrDefault(id, 0L)));
    }
  }

  private void closeWhoGrowsOn(Map<UUID, Long> sizes) {
    sizes.forEach(
        (id, size) -> {
          long before = restrictedAt.getOrDefault(id, Long.MAX_VALUE - OWN_WRITES);
          if (accessOf(id) == ClientAccess.READ_ONLY && size > before + OWN_WRITES) {
            put(id, ClientAccess.NONE, size);
          }
        });
  }

  private void closeIfGrown(UUID id, long size) {
    if (size - baseline.getOrDefault(id, 0L) > OWN_WRITES) {
      put(id, ClientAccess.NONE, size);
    }
  }

  private void put(UUID id, ClientAccess access, long size) {
    restricted.put(id, access);
    restrictedAt.put(id, size);
  }

  /** What was made since the last time that there was enough space has grown from nothing. */
  private long growth(Map<UUID, Long> sizes, UUID id) {
    return sizes.getOrDefault(id, 0L) - baseline.getOrDefault(id, 0L);
  }
}
