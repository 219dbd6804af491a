package io.gatehouse.directory.gateway;

import java.time.Duration;

/** Time as the gateway lives it: it measures waits, and it waits. */
public interface GatewayTime {
  /** Nanoseconds since some moment. */
  long nanos();

  /** Waits. */
  void pause(Duration duration) throws InterruptedException;

  /** The real one. */
  static GatewayTime real() {
    return new GatewayTime() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
      }
    };
  }
}
