package io.gatehouse.directory.gateway;

import java.time.Duration;

/**
 * Until when the calls that one request of a client leads to may go on, all of them together.
 *
 * @param nanos the moment, by {@code time}
 */
public record Deadline(GatewayTime time, long nanos) {

  static Deadline in(Duration timeout, GatewayTime time) {
    return new Deadline(time, time.nanos() + timeout.toNanos());
  }

  /** How long it is until then; less than nothing afterwards. */
  public Duration left() {
    return Duration.ofNanos(nanos - time.nanos());
  }
}
