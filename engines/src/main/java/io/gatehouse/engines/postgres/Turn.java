package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls for one cluster take turns. A removal does not wait: it breaks off the call that has the
 * turn. A call of an earlier generation than one that came before is refused, so that a late caller
 * cannot undo a removal.
 */
final class Turn {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REMOVAL_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration BETWEEN_KILLS = Duration.ofMillis(50);

  private final ReentrantLock lock = new ReentrantLock();
  private long generation;
  private int removals;
  private @Nullable Thread worker;
  private boolean brokenOff;

  /** Works on the cluster as soon as nobody else does, unless something newer was asked for. */
  void work(long requested, Runnable work) {
    advance(requested);
    workAs(requested, work);
  }

  /** The same whatever is desired of the cluster, for what no generation asks for. */
  void work(Runnable work) {
    workAs(current(), work);
  }

  private void workAs(long requested, Runnable work) {
    take();
    try {
      begin(requested);
      try {
        work.run();
      } catch (RuntimeException e) {
        throw isBrokenOff() ? superseded(e) : e;
      } finally {
        end();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes the cluster, whoever works on it.
   *
   * @param kill ends what the cluster runs, and with it what the other call waits for
   */
  void remove(long requested, Runnable kill, Runnable removal) {
    advance(requested);
    announceRemoval();
    try {
      overtake(kill);
      try {
        removal.run();
      } finally {
        lock.unlock();
      }
    } finally {
      forgetRemoval();
    }
  }

  private synchronized long current() {
    return generation;
  }

  private synchronized void advance(long requested) {
    if (requested < generation) {
      throw superseded(null);
    }
    generation = requested;
  }

  /** A caller that waits for long keeps a thread from other clusters. */
  private void take() {
    try {
      if (!lock.tryLock(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw EngineException.yielded("Someone else works on the cluster", null);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private synchronized void begin(long requested) {
    if (requested < generation || removals > 0) {
      throw superseded(null);
    }
    worker = Thread.currentThread();
    brokenOff = false;
  }

  private synchronized boolean isBrokenOff() {
    return brokenOff;
  }

  /** The interrupt was meant for the work alone, not for what its thread does next. */
  private synchronized void end() {
    worker = null;
    if (brokenOff) {
      var _ = Thread.interrupted();
    }
  }

  private synchronized void announceRemoval() {
    removals++;
    if (worker != null) {
      brokenOff = true;
      worker.interrupt();
    }
  }

  private synchronized void forgetRemoval() {
    removals--;
  }

  /** The other call may have been about to start another process, so one kill is not enough. */
  private void overtake(Runnable kill) {
    long deadline = System.nanoTime() + REMOVAL_TIMEOUT.toNanos();
    try {
      do {
        kill.run();
        if (lock.tryLock(BETWEEN_KILLS.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      } while (System.nanoTime() - deadline < 0);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    throw EngineException.yielded("Someone else works on the cluster", null);
  }

  private static EngineException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return EngineException.yielded("Interrupted while waiting for a turn", cause);
  }

  private static EngineException superseded(@Nullable RuntimeException cause) {
    return EngineException.yielded("Something newer is desired of the cluster", cause);
  }
}
