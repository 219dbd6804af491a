package io.gatehouse.platform.edge;

import io.helidon.common.buffers.DataReader;
import java.time.Duration;

/**
 * Ends a connection whose last request was refused before it had come whole. Closing at once would
 * make the client's system report a broken pipe to a program that still writes and has not read the
 * answer (RFC 9112, 9.6); so what is still on its way is read and dropped, within bounds of bytes
 * and time, until the client closes or falls silent.
 */
final class LingeringClose {
  private static final ScopedValue<LingeringClose> CURRENT = ScopedValue.newInstance();
  private static final int MAX_BYTES = 16 << 20;
  private static final Duration MAX_SILENCE = Duration.ofMillis(500);

  private final DataReader source;
  private final ConnectionWatchdog watchdog;
  private final Duration timeout;
  private boolean needed;

  /** Serves a connection until it is to be closed. */
  @FunctionalInterface
  interface Serving {
    void serve() throws InterruptedException;
  }

  /**
   * Makes the end of one connection.
   *
   * @param source what the connection receives
   * @param timeout how long all of it may take
   */
  LingeringClose(DataReader source, ConnectionWatchdog watchdog, Duration timeout) {
    this.source = source;
    this.watchdog = watchdog;
    this.timeout = timeout;
  }

  /** Says that the request of this thread's connection was its last and may not have come whole. */
  static void afterThisRequest() {
    if (CURRENT.isBound()) {
      CURRENT.get().needed = true;
    }
  }

  void after(Serving serving) throws InterruptedException {
    try {
      ScopedValue.where(CURRENT, this)
          .<Void, InterruptedException>call(
              () -> {
                serving.serve();
                return null;
              });
    } finally {
      if (needed) {
        drain();
      }
    }
  }

  private void drain() {
    long deadline = System.nanoTime() + timeout.toNanos();
    int dropped = 0;
    while (dropped < MAX_BYTES && System.nanoTime() < deadline) {
      int received = receive();
      if (received == 0) {
        return;
      }
      dropped += received;
    }
  }

  /** Drops what has come; 0 when the client has closed, or nothing more comes. */
  private int receive() {
    watchdog.begin(MAX_SILENCE);
    try {
      source.ensureAvailable();
      return source.readBuffer().available();
    } catch (RuntimeException e) {
      return 0; // the other end is gone, or silent for too long
    } finally {
      watchdog.end();
    }
  }
}
