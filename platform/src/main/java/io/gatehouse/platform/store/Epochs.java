package io.gatehouse.platform.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;

/**
 * A counter for each organization and area that every change moves in its own transaction. What a
 * cache holds counts only while the counter stands where it stood: a change made by this server is
 * seen at once, one made by another server at the next {@link #poll}. While the store cannot be
 * polled nothing cached is trusted, so that a revocation elsewhere cannot be missed.
 */
public final class Epochs {
  /** How long after the last poll that answered the caches are still trusted. */
  static final Duration TRUST = Duration.ofSeconds(2);

  record Key(UUID organization, Area area) {}

  private record Moved(Key key, long epoch) {}

  private final Jdbi jdbi;
  private final Clock clock;
  private final Map<Key, AtomicLong> known = new ConcurrentHashMap<>();
  private final AtomicLong total = new AtomicLong();
  private volatile Instant polled = Instant.EPOCH;

  public Epochs(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** Looks for changes that other servers made; called several times a second. */
  public void poll() {
    Instant start = clock.instant();
    var moved =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select organization_id, area, epoch from platform.epoch
                        where moved_at > now() - interval '60 seconds'
                        """)
                    .map(
                        (row, context) ->
                            new Moved(
                                new Key(
                                    row.getObject("organization_id", UUID.class),
                                    Area.valueOf(row.getString("area"))),
                                row.getLong("epoch")))
                    .list());
    moved.forEach(this::follow);
    polled = start;
  }

  boolean trusted() {
    return clock.instant().isBefore(polled.plus(TRUST));
  }

  long current(Tenant tenant, Area area) {
    return counter(new Key(tenant.organization(), area)).get();
  }

  /** Moves whenever any epoch moves. */
  long total() {
    return total.get();
  }

  /**
   * Moves, within its transaction, the epochs that it touched; returns what to do once it is done.
   */
  Runnable move(Tx tx) {
    Map<Key, Long> moved = new LinkedHashMap<>();
    for (Key key : tx.moved()) {
      moved.put(
          key,
          tx.handle()
              .createQuery(
                  """
                  insert into platform.epoch (organization_id, area, epoch, moved_at)
                  values (:organization, :area, 1, now())
                  on conflict (organization_id, area)
                  do update set epoch = platform.epoch.epoch + 1, moved_at = now()
                  returning epoch
                  """)
              .bind("organization", key.organization())
              .bind("area", key.area().name())
              .mapTo(Long.class)
              .one());
    }
    return () -> moved.forEach((key, epoch) -> follow(new Moved(key, epoch)));
  }

  private void follow(Moved moved) {
    AtomicLong counter = counter(moved.key());
    if (counter.getAndAccumulate(moved.epoch(), Math::max) < moved.epoch()) {
      total.incrementAndGet();
    }
  }

  private AtomicLong counter(Key key) {
    return known.computeIfAbsent(key, k -> new AtomicLong());
  }
}
