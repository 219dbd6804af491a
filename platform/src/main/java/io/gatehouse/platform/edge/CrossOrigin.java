package io.gatehouse.platform.edge;

import io.gatehouse.platform.protocol.Cors;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/** Tells browsers which pages may call an API, as its {@link Cors} says. */
final class CrossOrigin {
  private static final HeaderName REQUESTED_METHOD =
      HeaderNames.create("Access-Control-Request-Method");
  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";

  /** Whether a browser only asks whether a page may send a request. */
  boolean isPreflight(Exchange exchange) {
    return exchange.method().equals("OPTIONS")
        && exchange.request().headers().contains(REQUESTED_METHOD)
        && allowedOrigin(exchange).isPresent();
  }

  void addHeaders(Exchange exchange, ServerResponse response) {
    Optional<String> origin = allowedOrigin(exchange);
    if (origin.isEmpty()) {
      return;
    }
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin.get());
    response.header(HeaderNames.VARY, "Origin");
    if (isPreflight(exchange)) {
      Cors cors = exchange.protocol().cors();
      response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
      response.header(HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, String.join(", ", cors.headers()));
      response.header(HeaderNames.ACCESS_CONTROL_MAX_AGE, Long.toString(cors.maxAge().toSeconds()));
    }
  }

  private static Optional<String> allowedOrigin(Exchange exchange) {
    Cors cors = exchange.protocol().cors();
    return cors.origins().isEmpty()
        ? Optional.empty()
        : exchange.request().headers().first(HeaderNames.ORIGIN).filter(cors::allows);
  }
}
