package io.gatehouse.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionsTest {
  private final Jdbi jdbi = TestDatabase.shared().jdbi();
  private final Transactions transactions =
      new Transactions(jdbi, new Epochs(jdbi, Clock.systemUTC()));

  @BeforeEach
  void makeACounter() {
    jdbi.useHandle(
        handle -> {
          handle.execute("drop table if exists counter");
          handle.execute("create table counter (id int primary key, n int not null)");
          handle.execute("insert into counter values (1, 0)");
        });
  }

  private int read(Session session) {
    return session.handle().createQuery("select n from counter").mapTo(int.class).one();
  }

  @Test
  void writers_that_meet_are_repeated_until_each_has_counted() throws Exception {
    Callable<Integer> increment =
        () ->
            transactions.write(
                tx -> {
                  int next = read(tx) + 1;
                  tx.handle().execute("update counter set n = ?", next);
                  return next;
                });
    List<Callable<Integer>> many = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      many.add(increment);
    }
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var counted : threads.invokeAll(many)) {
        counted.get();
      }
    }
    assertThat(transactions.<Integer>read(this::read)).isEqualTo(24);
  }

  @Test
  void a_failure_undoes_everything_and_runs_nothing_after() {
    List<String> after = new ArrayList<>();

    assertThatThrownBy(
            () ->
                transactions.write(
                    tx -> {
                      tx.handle().execute("update counter set n = 7");
                      tx.afterCommit(() -> after.add("ran"));
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");

    assertThat(transactions.<Integer>read(this::read)).isZero();
    assertThat(after).isEmpty();
  }

  @Test
  void a_taken_name_is_told_as_the_caller_says() {
    assertThatThrownBy(
            () ->
                transactions.writeUnique(
                    () -> ErrorCode.ALREADY_EXISTS.with("resource", "counter", "name", "1"),
                    tx -> tx.handle().execute("insert into counter values (1, 1)")))
        .isInstanceOf(GatehouseException.class)
        .hasMessage("counter '1' already exists");
  }

  @Test
  void a_store_that_cannot_be_reached_is_unavailable() {
    try (Database nowhere =
        new Database(
            new StoreAddress(
                "jdbc:postgresql://127.0.0.1:1/none", Optional.of("x"), Optional.empty()),
            1,
            Duration.ofMillis(500))) {
      Transactions unreachable =
          new Transactions(nowhere.jdbi(), new Epochs(nowhere.jdbi(), Clock.systemUTC()));

      assertThatThrownBy(() -> unreachable.read(this::read))
          .isInstanceOfSatisfying(
              GatehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
  }
}
