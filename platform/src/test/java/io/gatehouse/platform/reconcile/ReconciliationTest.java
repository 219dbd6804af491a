package io.gatehouse.platform.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.store.Database;
import io.gatehouse.platform.store.Epochs;
import io.gatehouse.platform.store.TestDatabase;
import io.gatehouse.platform.store.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
  private final Database database = TestDatabase.shared();
  private final Transactions transactions =
      new Transactions(database.jdbi(), new Epochs(database.jdbi(), Clock.systemUTC()));
  private final ReconcileQueue reconcileQueue =
      new ReconcileQueue("cluster", transactions, Ids.timeOrdered());
  private final Recording reconciler = new Recording();
  private final SettableClock clock = new SettableClock();
  private final ManualScheduler scheduler =
      TestHelper.createManualScheduler(
              database.dataSource(), List.of(Reconciliation.task(reconciler)))
          .clock(clock)
          .tableName(reconcileQueue.table())
          .build();
  private final UUID id = UUID.randomUUID();

  /** Does as it is told and remembers what it was woken for. */
  private static final class Recording implements Reconciler {
    private final List<UUID> woken = new ArrayList<>();
    private Outcome outcome = Outcome.settled();
    private boolean failing;

    @Override
    public String kind() {
      return "cluster";
    }

    @Override
    public Outcome reconcile(UUID id) {
      woken.add(id);
      if (failing) {
        throw new IllegalStateException("the world resists");
      }
      return outcome;
    }

    @Override
    public List<UUID> toLookAt() {
      return List.of();
    }
  }

  @BeforeEach
  void forgetOldWakeUps() {
    database.jdbi().useHandle(handle -> handle.execute("delete from platform.wake_cluster"));
    clock.set(Instant.now().plusSeconds(5));
  }

  private void wake() {
    transactions.write(
        tx -> {
          reconcileQueue.wake(tx, id);
          return tx;
        });
  }

  @Test
  void a_wake_up_is_carried_out_once() {
    wake();

    scheduler.runAnyDueExecutions();
    scheduler.runAnyDueExecutions();

    assertThat(reconciler.woken).containsExactly(id);
  }

  @Test
  void a_wake_up_of_a_change_that_was_undone_never_happens() {
    try {
      transactions.write(
          tx -> {
            reconcileQueue.wake(tx, id);
            throw new IllegalStateException("undo");
          });
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("undo");
    }

    scheduler.runAnyDueExecutions();

    assertThat(reconciler.woken).isEmpty();
  }

  @Test
  void what_is_not_settled_is_looked_at_again_after_a_while() {
    reconciler.outcome = Outcome.again(Duration.ofSeconds(10));
    wake();
    scheduler.runAnyDueExecutions();

    scheduler.runAnyDueExecutions();
    assertThat(reconciler.woken).hasSize(1);

    clock.set(clock.now().plusSeconds(11));
    scheduler.runAnyDueExecutions();
    assertThat(reconciler.woken).hasSize(2);
  }

  @Test
  void a_failure_is_tried_again_for_ever_with_growing_pauses() {
    reconciler.failing = true;
    wake();
    for (int attempt = 1; attempt <= 12; attempt++) {
      scheduler.runAnyDueExecutions();
      assertThat(reconciler.woken).hasSize(attempt);
      clock.set(clock.now().plus(Duration.ofMinutes(1)).plusMillis(1));
    }
  }

  @Test
  void sweeps_that_come_by_again_and_again_add_one_wake_up_for_an_id() {
    reconciler.failing = true;
    for (int sweep = 0; sweep < 5; sweep++) {
      reconcileQueue.sweep(id);
      scheduler.runAnyDueExecutions();
    }

    assertThat(rows("true")).isEqualTo(1);
  }

  @Test
  void what_is_hastened_is_looked_at_now_even_if_it_was_to_be_tried_later() {
    reconciler.failing = true;
    for (int attempt = 1; attempt <= 3; attempt++) {
      reconcileQueue.hasten(id);
      reconcileQueue.hasten(id);
      scheduler.runAnyDueExecutions();

      assertThat(reconciler.woken).hasSize(attempt);
      assertThat(rows("true")).isEqualTo(1);
    }
  }

  @Test
  void hastening_leaves_what_is_being_carried_out_alone() {
    reconcileQueue.hasten(id);
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update platform.wake_cluster set picked = true, execution_time = 'infinity'"));

    reconcileQueue.hasten(id);

    assertThat(rows("execution_time = 'infinity'")).isEqualTo(1);
  }

  @Test
  void a_change_goes_before_a_sweep() {
    UUID swept = UUID.randomUUID();
    reconcileQueue.sweep(swept);
    wake();

    var sql =
        "select task_instance from platform.wake_cluster order by priority desc, execution_time";
    List<String> inOrder =
        database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
    assertThat(inOrder).map(ReconcileQueue::idOf).containsExactly(id, swept);
  }

  @Test
  void what_a_killed_server_was_carrying_out_is_let_go_at_its_next_start() {
    wake();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update platform.wake_cluster set picked = true, picked_by = 'this server'"));
    reconcileQueue.release("another server");
    assertThat(rows("picked")).isEqualTo(1);

    reconcileQueue.release("this server");

    assertThat(rows("picked")).isZero();
    scheduler.runAnyDueExecutions();
    assertThat(reconciler.woken).containsExactly(id);
  }

  private int rows(String condition) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from platform.wake_cluster where " + condition)
                    .mapTo(Integer.class)
                    .one());
  }

  @Test
  void pauses_double_up_to_a_cap() {
    Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofMinutes(1));

    assertThat(backoff.after(1)).isEqualTo(Duration.ofMillis(250));
    assertThat(backoff.after(3)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.after(1000)).isEqualTo(Duration.ofMinutes(1));
  }
}
