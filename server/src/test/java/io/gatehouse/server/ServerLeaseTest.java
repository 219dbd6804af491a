package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.store.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Two servers of one id: the second is refused while the first lives, and waits only if it must.
 */
class ServerLeaseTest {
  private final ServerContext installation = TestServer.shared().installation();
  private final Transactions transactions = installation.transactions();
  private final UUID serverId = UUID.randomUUID();
  private final AtomicInteger pauses = new AtomicInteger();

  @Test
  void the_second_is_refused_as_soon_as_the_first_shows_a_sign_of_life() {
    ServerLease first = acquired("here");
    ServerLease second = lease("there", first::renew);

    assertThatThrownBy(second::acquire)
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("a server with the id " + serverId + " runs on host host-of-here");
    assertThat(pauses).hasValue(1);
    assertThat(first.renew()).isTrue();
    second.release();
    assertThat(first.renew()).isTrue();
  }

  @Test
  void the_second_takes_what_was_not_renewed_for_its_term() {
    acquired("here");
    ServerLease second = lease("there", this::letTheTermPass);

    second.acquire();

    assertThat(pauses).hasValue(1);
    assertThat(second.renew()).isTrue();
  }

  @Test
  void a_restart_in_the_same_place_does_not_wait() {
    acquired("here");

    lease("here", () -> {}).acquire();

    assertThat(pauses).hasValue(0);
  }

  @Test
  void a_place_that_is_not_known_is_not_the_same_place() {
    acquired("");
    ServerLease second = lease("", this::letTheTermPass);

    second.acquire();

    assertThat(pauses).hasValue(1);
  }

  @Test
  void what_was_given_back_is_free() {
    acquired("here").release();

    lease("there", () -> {}).acquire();

    assertThat(pauses).hasValue(0);
  }

  @Test
  void the_first_notices_that_it_lost_it_and_does_not_take_it_back() {
    ServerLease first = acquired("here");
    letTheTermPass();
    ServerLease second = lease("there", () -> {});
    second.acquire();

    assertThat(first.renew()).isFalse();
    assertThat(first.isLost()).isTrue();
    assertThat(second.renew()).isTrue();
    letTheTermPass();
    assertThat(first.renew()).isFalse();
    first.release();
    assertThat(second.renew()).isTrue();
  }

  @Test
  void a_holder_that_could_not_renew_for_long_keeps_what_nobody_took() {
    ServerLease first = acquired("here");
    letTheTermPass();

    assertThat(first.renew()).isTrue();
    assertThat(first.isLost()).isFalse();
  }

  @Test
  void a_lease_that_vanished_with_its_store_is_taken_again() {
    ServerLease first = acquired("here");
    sql("delete from platform.server_lease where server_id = :id");

    assertThat(first.renew()).isTrue();
    assertThatThrownBy(lease("there", first::renew)::acquire).isInstanceOf(ConfigException.class);
  }

  @Test
  void of_many_that_start_at_once_one_gets_it() throws Exception {
    List<ServerLease> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(lease("place " + i, () -> all.forEach(ServerLease::renew)));
    }
    try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> starts = new ArrayList<>();
      all.forEach(lease -> starts.add(() -> isAcquired(lease)));
      int acquired = 0;
      for (Future<Boolean> start : starters.invokeAll(starts)) {
        acquired += start.get() ? 1 : 0;
      }
      assertThat(acquired).isEqualTo(1);
    }
  }

  private static boolean isAcquired(ServerLease lease) {
    try {
      lease.acquire();
      return true;
    } catch (ConfigException e) {
      return false;
    }
  }

  private ServerLease acquired(String place) {
    ServerLease lease = lease(place, () -> {});
    lease.acquire();
    return lease;
  }

  private ServerLease lease(String place, Runnable meanwhile) {
    return new ServerLease(
        transactions,
        new ServerLease.Holder(serverId, UUID.randomUUID(), place, "host-of-" + place),
        duration -> {
          pauses.incrementAndGet();
          meanwhile.run();
        });
  }

  private void letTheTermPass() {
    sql(
        "update platform.server_lease set renewed_at = renewed_at - interval '16 seconds'"
            + " where server_id = :id");
  }

  private void sql(String statement) {
    transactions.write(tx -> tx.handle().createUpdate(statement).bind("id", serverId).execute());
  }
}
