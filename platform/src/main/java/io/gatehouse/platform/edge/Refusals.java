package io.gatehouse.platform.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.platform.json.Json;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answers to what is not even HTTP as we accept it, refused before there is a request. */
final class Refusals {
  private Refusals() {}

  static DirectHandlers handlers() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, Refusals::refuse);
    }
    return handlers.build();
  }

  private static DirectHandler.TransportResponse refuse(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType type,
      Status status,
      io.helidon.http.ServerResponseHeaders headers,
      String message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("code", status.code() >= 500 ? 13 : 3);
    body.put("message", status.reasonPhrase().toLowerCase(java.util.Locale.ROOT));
    body.put("details", List.of());
    headers.set(HeaderNames.CONTENT_TYPE, "application/json");
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(false)
        .entity(Json.write(body).getBytes(UTF_8))
        .build();
  }
}
