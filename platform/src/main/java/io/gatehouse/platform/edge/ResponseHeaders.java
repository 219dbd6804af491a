package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Content;
import io.gatehouse.platform.protocol.Protocol;
import io.gatehouse.platform.protocol.Protocols;
import io.gatehouse.platform.protocol.Version;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Puts an answer on the wire, with the headers that every answer has. */
final class ResponseHeaders {
  private static final Header SANDBOX =
      HeaderValues.createCached("Content-Security-Policy", "sandbox");
  private static final Header NO_SNIFF =
      HeaderValues.createCached("X-Content-Type-Options", "nosniff");
  private static final Header NO_STORE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

  private final ResponseWriter writer;
  private final Map<Version, List<Header>> versionHeaders = new ConcurrentHashMap<>();
  private final IdentityHashMap<Protocol, HeaderName> traceHeaders = new IdentityHashMap<>();
  private final Map<String, Header> contentTypes = new HashMap<>();

  ResponseHeaders(ResponseWriter writer, Protocols protocols) {
    this.writer = writer;
    for (Protocol protocol : protocols.all()) {
      traceHeaders.put(protocol, HeaderNames.create(protocol.traceHeader()));
      contentTypes.put(protocol.json().mediaType(), type(protocol.json().mediaType()));
    }
  }

  void send(Exchange exchange, ServerResponse response, Status status) {
    response.status(status);
    response.header(SANDBOX).header(NO_SNIFF).header(NO_STORE);
    response.header(HeaderValues.create(traceHeader(exchange), exchange.traceId()));
    String mediaType = exchange.content().mediaType();
    if (!mediaType.isEmpty()) {
      Header prepared = contentTypes.get(mediaType);
      response.header(prepared == null ? type(mediaType) : prepared);
    }
    Version version = exchange.versionIfKnown();
    if (version != null) {
      versionHeaders.computeIfAbsent(version, ResponseHeaders::headers).forEach(response::header);
    }
    switch (exchange.content()) {
      case Content.Bytes content ->
          writer.send(exchange.request(), response, content.bytes(), exchange.isBodyBroken());
      case Content.Stream content -> writer.stream(response, content.source());
    }
  }

  private HeaderName traceHeader(Exchange exchange) {
    return Objects.requireNonNull(traceHeaders.get(exchange.protocol()));
  }

  private static Header type(String mediaType) {
    return HeaderValues.createCached(HeaderNames.CONTENT_TYPE, mediaType);
  }

  private static List<Header> headers(Version version) {
    return version.headers().entrySet().stream()
        .map(entry -> HeaderValues.createCached(entry.getKey(), entry.getValue()))
        .toList();
  }

  static void addHeaders(ServerResponse response, Map<String, String> headers) {
    headers.forEach((name, value) -> response.header(HeaderNames.create(name), value));
  }

  /** What a failure says in headers: when to try again, and what else it carries. */
  static void addHeadersOf(ServerResponse response, GatehouseException failure) {
    Duration wait = failure.retryAfter();
    if (wait != null) {
      String seconds = Long.toString(GatehouseException.wholeSeconds(wait));
      response.header(HeaderNames.RETRY_AFTER, seconds);
    }
    addHeaders(response, failure.headers());
  }
}
