package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Dialect;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Puts an answer on the wire, with the headers that every answer has. */
final class Answers {
  private static final HeaderName TRACE_ID = HeaderNames.create("Cc-Trace-Id");
  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
  private static final Header SANDBOX =
      HeaderValues.createCached("Content-Security-Policy", "sandbox");
  private static final Header NO_SNIFF =
      HeaderValues.createCached("X-Content-Type-Options", "nosniff");
  private static final Header NO_STORE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

  private final Wire wire;
  private final Map<Dialect.Version, List<Header>> versionHeaders = new ConcurrentHashMap<>();

  Answers(Wire wire) {
    this.wire = wire;
  }

  void send(Exchange exchange, ServerResponse response, Status status) {
    response.status(status);
    response.header(JSON).header(SANDBOX).header(NO_SNIFF).header(NO_STORE);
    response.header(HeaderValues.create(TRACE_ID, exchange.traceId()));
    Dialect.Version version = exchange.versionIfKnown();
    if (version != null) {
      versionHeaders.computeIfAbsent(version, Answers::headers).forEach(response::header);
    }
    wire.send(exchange.request(), response, exchange.answer(), exchange.isBodyBroken());
  }

  private static List<Header> headers(Dialect.Version version) {
    return version.headers().entrySet().stream()
        .map(entry -> HeaderValues.createCached(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** What a failure says in headers: when to try again, and what else it carries. */
  static void addHeadersOf(ServerResponse response, GatehouseException failure) {
    Duration wait = failure.retryAfter();
    if (wait != null) {
      String seconds = Long.toString(GatehouseException.wholeSeconds(wait));
      response.header(HeaderNames.RETRY_AFTER, seconds);
    }
    failure.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
  }
}
