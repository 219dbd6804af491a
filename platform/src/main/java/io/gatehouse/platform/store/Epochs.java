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
 *
 * <p>A counter never falls behind the database's clock, so that it moves on even in a copy of the
 * store that lost the last moves.
 */
public final class Epochs {
  /** How long after the last poll that answered the caches are still trusted. */
  static final Duration TRUST = Duration.ofSeconds(2);

  /** A poll looks back a minute, but at everything when the last one is so long ago. */
  private static final Duration GAP = Duration.ofSeconds(30);

  private static final String MICROSECONDS =
      "cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)";

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
    boolean everything = start.isAfter(polled.plus(GAP));
    var moved =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select organization_id, area, epoch from platform.epoch
                        where :everything or moved_at > now() - interval '60 seconds'
                        """)
                    .bind("everything", everything)
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

  /** A clock that was set back makes nothing trusted that was polled at a later time. */
  boolean trusted() {
    long age = clock.millis() - polled.toEpochMilli();
    return age >= 0 && age < TRUST.toMillis();
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
                  values (:organization, :area, <clock>, clock_timestamp())
                  on conflict (organization_id, area)
                  do update set epoch = greatest(platform.epoch.epoch + 1, <clock>),
                    moved_at = clock_timestamp()
                  returning epoch
                  """)
              .define("clock", MICROSECONDS)
              .bind("organization", key.organization())
              .bind("area", key.area().name())
              .mapTo(Long.class)
              .one());
    }
    return () -> moved.forEach((key, epoch) -> follow(new Moved(key, epoch)));
  }

  private void follow(Moved moved) {
    AtomicLong counter = counter(moved.key());
    if (counter.get() < moved.epoch()) {
      total.incrementAndGet(); // first, so that nobody keeps an old value under the new counter
      counter.accumulateAndGet(moved.epoch(), Math::max);
    }
  }

  private AtomicLong counter(Key key) {
    return known.computeIfAbsent(key, k -> new AtomicLong());
  }
}
