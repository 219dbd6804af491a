package io.gatehouse.platform.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A bounded cache whose entries count only while the epoch of their organization stands still; see
 * {@link Epochs}. What is absent is not kept.
 *
 * @param <K> what is asked for
 * @param <V> what was loaded; it knows its organization
 */
public final class EpochCache<K, V> {
  private record Entry<V>(V value, Tenant tenant, long epoch) {}

  private final Epochs epochs;
  private final Area area;
  private final Function<V, Tenant> tenantOf;
  private final Cache<K, Entry<V>> entries;

  public EpochCache(Epochs epochs, Area area, int size, Function<V, Tenant> tenantOf) {
    this.epochs = epochs;
    this.area = area;
    this.tenantOf = tenantOf;
    this.entries = Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
  }

  /** The value as it is now, from the cache when nothing has changed since it was loaded. */
  public Optional<V> get(K key, Supplier<Optional<V>> load) {
    Entry<V> entry = entries.getIfPresent(key);
    if (entry != null && epochs.trusted() && standsStill(entry)) {
      return Optional.of(entry.value());
    }
    long before = epochs.total();
    Optional<V> loaded = load.get();
    loaded.ifPresent(value -> keep(key, value, before));
    return loaded;
  }

  private boolean standsStill(Entry<V> entry) {
    return entry.epoch() == epochs.current(entry.tenant(), area);
  }

  /** Keeps it unless something moved while it was being loaded. */
  private void keep(K key, V value, long before) {
    Tenant tenant = tenantOf.apply(value);
    long epoch = epochs.current(tenant, area);
    if (epochs.total() == before) {
      entries.put(key, new Entry<>(value, tenant, epoch));
    }
  }
}
