package io.gatehouse.platform.reconcile;

import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.store.Transactions;
import io.gatehouse.platform.store.Tx;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Wake-ups of one kind of reconciler, in the table of db-scheduler. A wake-up is written with the
 * change that asks for it and carries an id, nothing else; one too many does no harm.
 */
public final class WakeUps {
  private final String kind;
  private final Transactions transactions;
  private final Ids ids;
  private volatile Runnable follower = () -> {};

  public WakeUps(String kind, Transactions transactions, Ids ids) {
    this.kind = kind;
    this.transactions = transactions;
    this.ids = ids;
  }

  String table() {
    return "platform.wake_" + kind;
  }

  /** Wakes the reconciler for this id as soon as the transaction is done. */
  public void wake(Tx tx, UUID id) {
    insert(tx, id, tx.now());
    tx.afterCommit(() -> follower.run());
  }

  void wakeNow(UUID id) {
    transactions.write(
        tx -> {
          wake(tx, id);
          return id;
        });
  }

  void follow(Runnable follower) {
    this.follower = follower;
  }

  private void insert(Tx tx, UUID id, Instant at) {
    tx.handle()
        .createUpdate(
            """
            insert into <table> (task_name, task_instance, execution_time, picked, version)
            values (:kind, :instance, :at, false, 1)
            """)
        .define("table", table())
        .bind("kind", kind)
        .bind("instance", id + "/" + ids.next())
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .execute();
  }

  static UUID idOf(String instance) {
    return UUID.fromString(instance.substring(0, instance.indexOf('/')));
  }
}
