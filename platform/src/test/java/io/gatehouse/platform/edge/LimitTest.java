package io.gatehouse.platform.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Revocation;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitTest {
  private static final UUID ACCOUNT = new UUID(1, 1);
  private static final UUID OTHER = new UUID(1, 2);
  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

  private final AtomicLong nanos = new AtomicLong();
  private final TimeMeter clock =
      new TimeMeter() {
        @Override
        public long currentTimeNanos() {
          return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
          return false;
        }
      };

  /** Waiting moves the clock, so that one request after another waits. */
  private Limit limit(Duration maxWait) {
    return new Limit(10, maxWait, clock, nanos::addAndGet);
  }

  /** Waiting takes no time at all, as if all requests came at the same moment. */
  private Limit limitOfOneMoment(List<Duration> waits) {
    return new Limit(10, FIVE_SECONDS, clock, nanos -> waits.add(Duration.ofNanos(nanos)));
  }

  private static void useUp(Limit limit) {
    for (int i = 0; i < 10; i++) {
      assertThat(limit.takeTurn(ACCOUNT, Revocation.NO)).isZero();
    }
  }

  @Test
  void a_request_over_the_limit_waits_for_the_next_turn() {
    Limit limit = limit(FIVE_SECONDS);
    useUp(limit);

    assertThat(limit.takeTurn(ACCOUNT, Revocation.NO)).isEqualTo(Duration.ofMillis(100));
    nanos.addAndGet(Duration.ofMillis(50).toNanos());
    assertThat(limit.takeTurn(ACCOUNT, Revocation.NO)).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void turns_are_given_in_the_order_of_arrival() {
    List<Duration> waits = new ArrayList<>();
    Limit limit = limitOfOneMoment(waits);
    useUp(limit);
    for (int i = 0; i < 50; i++) {
      limit.takeTurn(ACCOUNT, Revocation.NO);
    }

    assertThat(waits).hasSize(50).isSorted();
    assertThat(waits.getFirst()).isEqualTo(Duration.ofMillis(100));
    assertThat(waits.getLast()).isEqualTo(FIVE_SECONDS);
  }

  @Test
  void a_request_whose_turn_would_come_too_late_is_refused_at_once_and_costs_no_turn() {
    List<Duration> waits = new ArrayList<>();
    Limit limit = limitOfOneMoment(waits);
    useUp(limit);
    for (int i = 0; i < 50; i++) {
      limit.takeTurn(ACCOUNT, Revocation.NO);
    }

    for (int i = 0; i < 100; i++) {
      assertRefused(limit, Duration.ofMillis(100));
    }
    assertThat(waits).hasSize(50);
    nanos.addAndGet(Duration.ofMillis(100).toNanos());
    limit.takeTurn(ACCOUNT, Revocation.NO);
    assertThat(waits.getLast()).isEqualTo(FIVE_SECONDS);
  }

  @Test
  void without_a_wait_every_request_over_the_limit_is_refused() {
    Limit limit = limit(Duration.ZERO);
    useUp(limit);

    assertRefused(limit, Duration.ofMillis(100));
    nanos.addAndGet(Duration.ofMillis(100).toNanos());
    assertThat(limit.takeTurn(ACCOUNT, Revocation.NO)).isZero();
    assertRefused(limit, Duration.ofMillis(100));
  }

  @Test
  void what_revokes_access_does_not_wait_behind_what_grants_it() {
    for (Limit limit : List.of(limit(Duration.ZERO), limitOfOneMoment(new ArrayList<>()))) {
      for (int i = 0; i < 10; i++) {
        limit.takeTurn(ACCOUNT, Revocation.NO);
      }

      assertThat(limit.takeTurn(ACCOUNT, Revocation.POSSIBLE)).isZero();
      assertThat(limit.takeTurn(ACCOUNT, Revocation.YES)).isZero();
    }
  }

  @Test
  void one_account_does_not_wait_for_another() {
    Limit limit = limit(Duration.ZERO);
    useUp(limit);

    assertThat(limit.takeTurn(OTHER, Revocation.NO)).isZero();
  }

  @Test
  void a_limit_of_zero_is_none() {
    Limit limit = new Limit(0, Duration.ZERO, clock, nanos::addAndGet);
    for (int i = 0; i < 1000; i++) {
      assertThat(limit.takeTurn(ACCOUNT, Revocation.NO)).isZero();
    }
  }

  @Test
  void an_interrupted_wait_gives_its_turn_back() throws Exception {
    Limit limit =
        new Limit(
            10,
            FIVE_SECONDS,
            clock,
            ignored -> {
              throw new InterruptedException();
            });
    useUp(limit);
    try (var thread = Executors.newSingleThreadExecutor()) {
      CompletableFuture.runAsync(
              () ->
                  assertThatThrownBy(() -> limit.takeTurn(ACCOUNT, Revocation.NO))
                      .isInstanceOfSatisfying(
                          GatehouseException.class,
                          e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE)),
              thread)
          .get();
    }
    nanos.addAndGet(Duration.ofMillis(100).toNanos());
    assertThat(limit.takeTurn(ACCOUNT, Revocation.NO)).isZero();
  }

  private static void assertRefused(Limit limit, Duration retryAfter) {
    assertThatThrownBy(() -> limit.takeTurn(ACCOUNT, Revocation.NO))
        .isInstanceOfSatisfying(
            GatehouseException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED);
              assertThat(e.retryAfter()).isEqualTo(retryAfter);
            });
  }
}
