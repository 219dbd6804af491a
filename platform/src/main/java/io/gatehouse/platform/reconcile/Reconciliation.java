package io.gatehouse.platform.reconcile;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one reconciler: db-scheduler wakes it for the ids of {@link ReconcileQueue}, with threads of
 * its own so that no other kind can delay it, and a sweep wakes what was missed, first of all at
 * the start.
 */
public final class Reconciliation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofMinutes(1));
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final Reconciler reconciler;
  private final ReconcileQueue reconcileQueue;
  private final String server;
  private final Scheduler scheduler;
  private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor();

  /**
   * Does nothing yet.
   *
   * @param server names this server among those that share the store, the same at every start
   */
  public Reconciliation(
      Reconciler reconciler,
      ReconcileQueue reconcileQueue,
      DataSource store,
      String server,
      int threads) {
    this.reconciler = reconciler;
    this.reconcileQueue = reconcileQueue;
    this.server = server;
    this.scheduler =
        Scheduler.create(store, task(reconciler))
            .tableName(reconcileQueue.table())
            .schedulerName(() -> server)
            .threads(threads)
            .enablePriority()
            .pollingInterval(Duration.ofSeconds(1))
            .pollUsingLockAndFetch(0.5, 1.0)
            .heartbeatInterval(Duration.ofSeconds(10))
            .missedHeartbeatsLimit(4)
            .shutdownMaxWait(Duration.ofSeconds(20))
            .build();
    reconcileQueue.follow(scheduler::triggerCheckForDueExecutions);
  }

  public void start() {
    reconcileQueue.release(server);
    sweep();
    scheduler.start();
    var _ =
        sweeper.scheduleWithFixedDelay(
            this::sweepQuietly, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Wakes the reconciler for everything that it looks after. */
  public void sweep() {
    reconciler.toLookAt().forEach(reconcileQueue::sweep);
  }

  private void sweepQuietly() {
    try {
      sweep();
    } catch (RuntimeException e) {
      LOG.warn("sweep of {} failed, trying again in {}", reconciler.kind(), SWEEP, e);
    }
  }

  /** The task under which db-scheduler knows a reconciler; tests run it by hand. */
  public static Task<Void> task(Reconciler reconciler) {
    return Tasks.custom(reconciler.kind(), Void.class)
        .onFailure(Reconciliation::retryLater)
        .execute(
            (instance, context) ->
                completion(reconciler.reconcile(ReconcileQueue.idOf(instance.getId()))));
  }

  private static CompletionHandler<Void> completion(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Settled settled -> new CompletionHandler.OnCompleteRemove<>();
      case Outcome.Again(Duration after) ->
          (complete, operations) ->
              operations.reschedule(complete, complete.getTimeDone().plus(after));
    };
  }

  private static void retryLater(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    int failures = complete.getExecution().consecutiveFailures + 1;
    operations.reschedule(complete, complete.getTimeDone().plus(BACKOFF.after(failures)));
  }

  @Override
  public void close() {
    sweeper.shutdownNow();
    scheduler.stop();
  }
}
