package io.gatehouse.platform.readiness;

/** How a check stands; the reason is one plain phrase for operators. */
public sealed interface ReadinessStatus {
  /** Nothing stands in the way. */
  record Ready() implements ReadinessStatus {}

  /** The server is usable and should get requests, but an operator should know. */
  record Degraded(String reason) implements ReadinessStatus {}

  /** The server is of no use now and should get no requests. */
  record NotReady(String reason) implements ReadinessStatus {}

  static ReadinessStatus ready() {
    return new Ready();
  }

  static ReadinessStatus degraded(String reason) {
    return new Degraded(reason);
  }

  static ReadinessStatus notReady(String reason) {
    return new NotReady(reason);
  }
}
