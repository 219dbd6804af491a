package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A cluster that is slow to take over what its clients may do keeps no other from it. */
final class AccessUpdatesTest {
  private static final UUID SLOW = new UUID(0, 1);
  private static final UUID QUICK = new UUID(0, 2);
  private static final Set<UUID> BOTH = Set.of(SLOW, QUICK);
  private final Map<UUID, ClientAccess> desired = new ConcurrentHashMap<>();
  private final Map<UUID, AtomicInteger> calls =
      Map.of(SLOW, new AtomicInteger(), QUICK, new AtomicInteger());

  private ClientAccess desired(UUID id) {
    return desired.getOrDefault(id, ClientAccess.FULL);
  }

  private AtomicInteger calls(UUID id) {
    return Objects.requireNonNull(calls.get(id));
  }

  private AccessUpdates updates(List<UUID> unknown, AccessUpdates.Update update) {
    return new AccessUpdates(
        unknown,
        this::desired,
        id -> {
          calls(id).incrementAndGet();
          return update.apply(id);
        },
        Duration.ofSeconds(1));
  }

  @Test
  void a_slow_cluster_is_reported_when_it_is_done() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AccessUpdates updates =
        updates(
            List.of(),
            id -> {
              awaitIf(id.equals(SLOW), release);
              return Optional.of(true);
            });
    desired.put(SLOW, ClientAccess.NONE);
    desired.put(QUICK, ClientAccess.READ_ONLY);

    assertThat(updates.run(BOTH)).containsExactly(QUICK);
    desired.put(QUICK, ClientAccess.FULL);
    assertThat(updates.run(BOTH)).containsExactly(QUICK);
    release.countDown();
    assertThat(Await.until(Duration.ofSeconds(20), () -> updates.run(BOTH).contains(SLOW)))
        .isTrue();
    assertThat(updates.run(BOTH)).isEmpty();
    assertThat(calls(SLOW)).hasValue(1);
    assertThat(calls(QUICK)).hasValue(2);
  }

  @Test
  void what_failed_is_tried_again_and_what_changed_nothing_is_not_reported() {
    AccessUpdates updates =
        updates(
            List.of(QUICK),
            id -> calls(id).get() == 1 ? Optional.empty() : Optional.of(id.equals(SLOW)));
    desired.put(SLOW, ClientAccess.NONE);

    assertThat(updates.run(BOTH)).isEmpty();
    assertThat(updates.run(BOTH)).containsExactly(SLOW);
    assertThat(updates.run(BOTH)).isEmpty();
    assertThat(calls(SLOW)).hasValue(2);
    assertThat(calls(QUICK)).hasValue(2);
  }

  private static void awaitIf(boolean condition, CountDownLatch latch) {
    try {
      if (condition) {
        latch.await();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
