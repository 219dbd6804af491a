package io.gatehouse.platform.edge;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections that keep their thread waiting: the HTTP server knows a time-out for silence
 * between requests, but none for headers, bodies and answers that move too slowly or not at all. An
 * interrupted thread closes the connection that it reads or writes.
 */
final class ConnectionWatchdog implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;

  /** One for each connection's thread; kept until the thread has ended. */
  private final Map<Thread, Watch> watches = new ConcurrentHashMap<>();

  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("connection-watchdog").daemon().factory());

  ConnectionWatchdog() {
    var _ =
        looker.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** From now on this thread has so long to be done with its connection. */
  void begin(Duration most) {
    watches
        .computeIfAbsent(Thread.currentThread(), thread -> new Watch())
        .begin(System.nanoTime() + most.toNanos());
  }

  /** This thread is done. */
  void end() {
    Watch watch = watches.get(Thread.currentThread());
    if (watch != null) {
      watch.end();
    }
  }

  /** Watches over the time between the first line of a request and the end of its headers. */
  Http1ConnectionListener withHeaders(Duration most) {
    return new Http1ConnectionListener() {
      @Override
      public void prologue(ConnectionContext connection, HttpPrologue prologue) {
        begin(most);
      }

      @Override
      public void headers(ConnectionContext connection, Headers headers) {
        end();
      }
    };
  }

  private void look() {
    watches.forEach((thread, watch) -> watch.look(thread));
    watches.keySet().removeIf(thread -> !thread.isAlive());
  }

  @Override
  public void close() {
    looker.shutdownNow();
  }

  /** How long a thread may still take. */
  private static final class Watch {
    private boolean on;
    private boolean cut;
    private long deadline;

    synchronized void begin(long until) {
      on = true;
      deadline = until;
    }

    /** Done in time; or just not, and then the interruption must not hit what comes next. */
    synchronized void end() {
      on = false;
      if (cut) {
        cut = false;
        Thread.interrupted();
      }
    }

    synchronized void look(Thread thread) {
      if (on && deadline - System.nanoTime() < 0) {
        on = false;
        cut = true;
        thread.interrupt();
      }
    }
  }
}
