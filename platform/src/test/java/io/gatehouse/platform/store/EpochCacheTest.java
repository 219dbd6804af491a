package io.gatehouse.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.platform.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class EpochCacheTest {
  record Value(Tenant tenant, int number) {}

  private final Jdbi jdbi = TestDatabase.shared().jdbi();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final Epochs epochs = new Epochs(jdbi, clock);
  private final Transactions transactions = new Transactions(jdbi, epochs);
  private final EpochCache<String, Value> cache =
      new EpochCache<>(epochs, Area.ACCESS, 100, Value::tenant);
  private final Tenant tenant = new Tenant(UUID.randomUUID());
  private final AtomicInteger loads = new AtomicInteger();

  private int get() {
    return cache
        .get("key", () -> Optional.of(new Value(tenant, loads.incrementAndGet())))
        .orElseThrow()
        .number();
  }

  private static void touch(Transactions by, Tenant tenant, Area area) {
    by.write(
        tx -> {
          tx.touch(tenant, area);
          return tx;
        });
  }

  @Test
  void a_value_is_loaded_once_while_nothing_changes() {
    epochs.poll();

    assertThat(get()).isEqualTo(1);
    assertThat(get()).isEqualTo(1);
  }

  @Test
  void a_change_by_this_server_is_seen_at_once() {
    epochs.poll();
    get();

    touch(transactions, tenant, Area.ACCESS);

    assertThat(get()).isEqualTo(2);
  }

  @Test
  void changes_of_another_area_or_organization_empty_nothing() {
    epochs.poll();
    get();

    touch(transactions, tenant, Area.RESOURCES);
    touch(transactions, new Tenant(UUID.randomUUID()), Area.ACCESS);

    assertThat(get()).isEqualTo(1);
  }

  @Test
  void a_change_by_another_server_is_seen_at_the_next_poll() {
    epochs.poll();
    get();
    Transactions elsewhere = new Transactions(jdbi, new Epochs(jdbi, clock));

    touch(elsewhere, tenant, Area.ACCESS);
    epochs.poll();

    assertThat(get()).isEqualTo(2);
  }

  @Test
  void nothing_is_trusted_while_the_store_was_not_polled_for_long() {
    epochs.poll();
    get();

    clock.advance(Epochs.TRUST.plus(Duration.ofMillis(1)));

    assertThat(get()).isEqualTo(2);
  }

  @Test
  void what_was_loaded_while_something_changed_is_not_kept() {
    epochs.poll();
    cache.get(
        "key",
        () -> {
          touch(transactions, tenant, Area.ACCESS);
          return Optional.of(new Value(tenant, loads.incrementAndGet()));
        });

    assertThat(get()).isEqualTo(2);
  }

  @Test
  void a_change_elsewhere_while_this_server_was_cut_off_for_long_is_seen_at_its_next_poll() {
    epochs.poll();
    get();
    Transactions elsewhere = new Transactions(jdbi, new Epochs(jdbi, clock));
    touch(elsewhere, tenant, Area.ACCESS);
    jdbi.useHandle(
        handle -> handle.execute("update platform.epoch set moved_at = now() - interval '1 hour'"));

    clock.advance(Duration.ofMinutes(5));
    epochs.poll();

    assertThat(get()).isEqualTo(2);
  }

  @Test
  void a_counter_moves_on_in_a_copy_of_the_store_that_lost_its_last_moves() {
    epochs.poll();
    touch(transactions, tenant, Area.ACCESS);
    get();
    jdbi.useHandle(handle -> handle.execute("delete from platform.epoch"));

    touch(transactions, tenant, Area.ACCESS);

    assertThat(get()).isEqualTo(2);
  }

  @Test
  void nothing_is_trusted_when_the_clock_was_set_back() {
    epochs.poll();
    get();

    clock.advance(Duration.ofHours(-1));

    assertThat(get()).isEqualTo(2);
  }
}
