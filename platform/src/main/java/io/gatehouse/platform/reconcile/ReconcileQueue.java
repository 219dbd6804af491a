package io.gatehouse.platform.reconcile;

import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.store.Transactions;
import io.gatehouse.platform.store.Tx;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Wake-ups of one kind of reconciler, in the table of db-scheduler. A wake-up is written with the
 * change that asks for it and carries an id, nothing else; one too many does no harm. A sweep adds
 * at most one for each id, however often it comes by, and those of changes go before it.
 */
public final class ReconcileQueue {
  private static final int CHANGED = 1;
  private static final int SWEPT = 0;
  private static final Duration MAX_SKEW = Duration.ofDays(1);

  private final String kind;
  private final Transactions transactions;
  private final Ids ids;
  private volatile Runnable follower = () -> {};

  public ReconcileQueue(String kind, Transactions transactions, Ids ids) {
    this.kind = kind;
    this.transactions = transactions;
    this.ids = ids;
  }

  String table() {
    return "platform.wake_" + kind;
  }

  /** Wakes the reconciler for this id as soon as the transaction is done. */
  public void wake(Tx tx, UUID id) {
    insert(tx, id + "/" + ids.next(), CHANGED);
    tx.afterCommit(() -> follower.run());
  }

  /** The same where another server is to do it: it looks by itself, and this one would be first. */
  public void wakeElsewhere(Tx tx, UUID id) {
    insert(tx, id + "/" + ids.next(), CHANGED);
  }

  /** Wakes the reconciler for an id that a sweep came by. */
  void sweep(UUID id) {
    transactions.write(
        tx -> {
          insert(tx, id + "/sweep", SWEPT);
          tx.afterCommit(() -> follower.run());
          return id;
        });
  }

  /**
   * Wakes the reconciler now for an id that was just found not to be as it should, also if it is
   * waiting to try that again. One wake-up for each id, however often this is called.
   */
  public void hasten(UUID id) {
    transactions.write(
        tx -> {
          upsert(
              tx,
              id + "/hastened",
              SWEPT,
              """
              (task_name, task_instance) do update set execution_time = excluded.execution_time
              where not known.picked
              """);
          tx.afterCommit(() -> follower.run());
          return id;
        });
  }

  /** Lets go of what this server was carrying out when it was killed. */
  void release(String server) {
    transactions.write(
        tx ->
            tx.handle()
                .createUpdate(
                    """
                    update <table> set picked = false, picked_by = null, last_heartbeat = null
                    where picked and picked_by = :server
                    """)
                .define("table", table())
                .bind("server", server)
                .execute());
  }

  void follow(Runnable follower) {
    this.follower = follower;
  }

  private void insert(Tx tx, String instance, int priority) {
    upsert(tx, instance, priority, "do nothing");
  }

  /** It is due already, whatever the difference between the clocks of store and server. */
  private void upsert(Tx tx, String instance, int priority, String onConflict) {
    tx.handle()
        .createUpdate(
            """
            insert into <table> as known (
              task_name, task_instance, execution_time, picked, version, priority)
            values (:kind, :instance, :at, false, 1, :priority)
            on conflict <onConflict>
            """)
        .define("table", table())
        .define("onConflict", onConflict)
        .bind("kind", kind)
        .bind("instance", instance)
        .bind("at", tx.now().minus(MAX_SKEW).atOffset(ZoneOffset.UTC))
        .bind("priority", priority)
        .execute();
  }

  static UUID idOf(String instance) {
    return UUID.fromString(instance.substring(0, instance.indexOf('/')));
  }
}
