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
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/**
 * Decides which clusters have to stop writing because the disk is nearly full. It compares what
 * each takes with what it took while there was enough space, so that the one that grew most is the
 * first. One that grows on although it is read-only is closed.
 */
final class DiskGuard {
  private static final Duration BASELINE_AGE = Duration.ofMinutes(5);
  private static final Duration MAX_MEASURE_AGE = Duration.ofSeconds(5);
  private static final int MEASURED_AT_ONCE = 4;

  /** PostgreSQL writes a little by itself, to its log ahead and for its statistics. */
  private static final long OWN_WRITES = 8L << 20;

  /** Measuring clusters takes a while, so a change of the free space below this is none. */
  private static final long MIN_FALL = 1L << 20;

  private final DiskLimits limits;
  private final LongSupplier freeBytes;
  private final ToLongFunction<UUID> sizeOf;
  private final LongSupplier nanoTime;
  private final DiskBaseline baseline;
  private final Map<UUID, Long> restrictedAt = new HashMap<>();
  private volatile Map<UUID, ClientAccess> restricted;
  private volatile long lastFree = Long.MAX_VALUE;
  private Optional<Long> baselineNanos = Optional.empty();
  private Optional<Long> measuredNanos = Optional.empty();
  private Level measuredLevel = Level.ENOUGH;
  private long fallsFrom;

  private enum Level {
    ENOUGH,
    LOW,
    NEARLY_NONE
  }

  /**
   * @param found what clients of clusters may do already
   * @param nanoTime only differences between its values matter
   */
  DiskGuard(
      DiskLimits limits,
      LongSupplier freeBytes,
      ToLongFunction<UUID> sizeOf,
      DiskBaseline baseline,
      Map<UUID, ClientAccess> found,
      LongSupplier nanoTime) {
    this.limits = limits;
    this.freeBytes = freeBytes;
    this.sizeOf = sizeOf;
    this.baseline = baseline;
    this.nanoTime = nanoTime;
    Map<UUID, ClientAccess> restrictions = new HashMap<>(found);
    restrictions.values().removeIf(access -> access == ClientAccess.FULL || !isOn(limits));
    this.restricted = Map.copyOf(restrictions);
  }

  private static boolean isOn(DiskLimits limits) {
    return limits.readOnlyBelow() > 0;
  }

  ClientAccess accessOf(UUID id) {
    return restricted.getOrDefault(id, ClientAccess.FULL);
  }

  /** Why the clients of a cluster may do less than everything; fit for a person. */
  Optional<String> limitation(UUID id) {
    return switch (accessOf(id)) {
      case FULL -> Optional.empty();
      case READ_ONLY ->
          Optional.of(
              "The disk of the server is nearly full: the cluster is read-only until there is"
                  + " room");
      case NONE ->
          Optional.of(
              "The disk of the server is nearly full: the cluster is closed to clients until there"
                  + " is room");
    };
  }

  /** Whether any cluster is restricted or less space is free than there should be. */
  boolean isShort() {
    return !restricted.isEmpty() || lastFree < limits.readOnlyBelow();
  }

  /** Looks at the disk and decides anew. */
  synchronized void look(Set<UUID> clusters) {
    if (!isOn(limits)) {
      return;
    }
    long free = freeBytes.getAsLong();
    lastFree = free;
    restrict(restricted.keySet().stream().filter(clusters::contains).collect(Collectors.toSet()));
    if (free >= limits.enough()) {
      restrict(Set.of());
      measuredNanos = Optional.empty();
      keepBaseline(clusters);
    } else if (free < limits.readOnlyBelow()) {
      lookAtClusters(clusters, free);
    }
  }

  /** Leaves these restricted as they are, and no others. */
  private void restrict(Set<UUID> these) {
    Map<UUID, ClientAccess> left = new HashMap<>(restricted);
    left.keySet().retainAll(these);
    restrictedAt.keySet().retainAll(these);
    restricted = Map.copyOf(left);
  }

  private void keepBaseline(Set<UUID> clusters) {
    if (isOlder(baselineNanos, BASELINE_AGE)) {
      baseline.replace(measure(clusters));
      baselineNanos = Optional.of(nanoTime.getAsLong());
    }
  }

  private void lookAtClusters(Set<UUID> clusters, long free) {
    Level level = free < limits.closedBelow() ? Level.NEARLY_NONE : Level.LOW;
    boolean isFirst = measuredNanos.isEmpty();
    boolean falling = !isFirst && fallsFrom - free >= MIN_FALL;
    if (falling || level != measuredLevel || isOlder(measuredNanos, MAX_MEASURE_AGE)) {
      Map<UUID, Long> sizes = measure(clusters);
      measuredNanos = Optional.of(nanoTime.getAsLong());
      measuredLevel = level;
      if (!baseline.isKnown()) {
        baseline.replace(sizes);
      }
      restrict(sizes, level, falling);
    }
    fallsFrom = falling || isFirst ? free : Math.max(fallsFrom, free);
  }

  private boolean isOlder(Optional<Long> nanos, Duration age) {
    return nanos.isEmpty() || nanoTime.getAsLong() - nanos.get() >= age.toNanos();
  }

  private Map<UUID, Long> measure(Set<UUID> clusters) {
    return clusters.stream()
        .gather(
            Gatherers.mapConcurrent(MEASURED_AT_ONCE, id -> Map.entry(id, sizeOf.applyAsLong(id))))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private void restrict(Map<UUID, Long> sizes, Level level, boolean falling) {
    closeWhoGrowsOn(sizes);
    switch (level) {
      case ENOUGH -> {}
      case LOW -> {
        if (falling || restricted.isEmpty()) {
          restrictTheNext(sizes);
        }
      }
      case NEARLY_NONE ->
          sizes.forEach(
              (id, size) -> {
                if (growth(sizes, id) > OWN_WRITES) {
                  put(id, ClientAccess.NONE, size);
                }
              });
    }
  }

  private void restrictTheNext(Map<UUID, Long> sizes) {
    sizes.keySet().stream()
        .filter(id -> !restricted.containsKey(id) && growth(sizes, id) > OWN_WRITES)
        .max(Comparator.comparingLong(id -> growth(sizes, id)))
        .ifPresent(id -> put(id, ClientAccess.READ_ONLY, sizes.getOrDefault(id, 0L)));
  }

  private void closeWhoGrowsOn(Map<UUID, Long> sizes) {
    sizes.forEach(
        (id, size) -> {
          if (accessOf(id) == ClientAccess.READ_ONLY
              && size > restrictedAt.computeIfAbsent(id, _ -> size) + OWN_WRITES) {
            put(id, ClientAccess.NONE, size);
          }
        });
  }

  private void put(UUID id, ClientAccess access, long size) {
    Map<UUID, ClientAccess> more = new HashMap<>(restricted);
    more.put(id, access);
    restricted = Map.copyOf(more);
    restrictedAt.put(id, size);
  }

  private long growth(Map<UUID, Long> sizes, UUID id) {
    return sizes.getOrDefault(id, 0L) - baseline.of(id);
  }
}
