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
import org.jspecify.annotations.Nullable;

/**
 * Closes connections that keep their thread waiting: the HTTP server knows a time-out for silence
 * between requests, but none for headers, bodies and answers that move too slowly or not at all. An
 * interrupted thread closes the connection that it reads or writes.
 */
final class Patience implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;

  private final Map<Thread, Long> deadlines = new ConcurrentHashMap<>();
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("patience").daemon().factory());

  Patience() {
    var _ =
        looker.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** From now on this thread has so long to be done with its connection. */
  void begin(Duration most) {
    deadlines.put(Thread.currentThread(), System.nanoTime() + most.toNanos());
  }

  /** Done in time; or just not, and then the interruption must not hit what comes next. */
  void end() {
    if (deadlines.remove(Thread.currentThread()) == null) {
      Thread.interrupted();
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
    deadlines.keySet().forEach(thread -> deadlines.computeIfPresent(thread, Patience::stillOrCut));
  }

  /** Within the map's own lock, so that who has ended is not interrupted any more. */
  private static @Nullable Long stillOrCut(Thread thread, Long deadline) {
    if (deadline - System.nanoTime() >= 0) {
      return deadline;
    }
    thread.interrupt();
    return null;
  }

  @Override
  public void close() {
    looker.shutdownNow();
  }
}
