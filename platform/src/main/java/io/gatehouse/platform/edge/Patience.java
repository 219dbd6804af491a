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

  void end() {
    deadlines.remove(Thread.currentThread());
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
    long now = System.nanoTime();
    deadlines.forEach(
        (thread, deadline) -> {
          if (deadline - now < 0 && deadlines.remove(thread, deadline)) {
            thread.interrupt();
          }
        });
  }

  @Override
  public void close() {
    looker.shutdownNow();
  }
}
