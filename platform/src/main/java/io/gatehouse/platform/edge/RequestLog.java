package io.gatehouse.platform.edge;

import io.gatehouse.platform.access.Principal;
import io.helidon.http.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of each request, once it is answered: one line in the log, one sample for the metrics. */
final class RequestLog {
  private static final Logger LOG = LoggerFactory.getLogger("gatehouse.requests");
  private static final String UNKNOWN = "none";

  private record Series(String operation, int status) {}

  private final MeterRegistry meters;
  private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

  RequestLog(MeterRegistry meters) {
    this.meters = meters;
  }

  void completed(Exchange exchange, Status status, long nanos) {
    String operation = operation(exchange);
    timers
        .computeIfAbsent(new Series(operation, status.code()), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
    Principal principal = exchange.principalIfKnown();
    LOG.info(
        "request method="
            + exchange.method()
            + " path="
            + RawPath.printable(exchange.rawPath())
            + " operation="
            + operation
            + " status="
            + status.code()
            + " micros="
            + nanos / 1000
            + " principal="
            + (principal == null ? "-" : principal.id())
            + " key="
            + (principal == null ? "-" : principal.credential())
            + " trace="
            + exchange.traceId());
  }

  private static String operation(Exchange exchange) {
    Endpoint<?, ?> endpoint = exchange.endpointIfKnown();
    return endpoint == null
        ? Objects.requireNonNullElse(exchange.notBuilt(), UNKNOWN)
        : endpoint.operation().id();
  }

  private Timer timer(Series series) {
    return Timer.builder("gatehouse.requests")
        .description("requests by operation and status")
        .tag("operation", series.operation())
        .tag("status", Integer.toString(series.status()))
        .register(meters);
  }
}
