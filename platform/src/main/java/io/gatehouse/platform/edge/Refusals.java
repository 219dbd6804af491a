package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.Dialect;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The answers to what is not even HTTP as we accept it, refused before there is a request. */
final class Refusals {
  private final Map<Api, Dialect> dialects;
  private final int mostBytes;

  private Refusals(Map<Api, Dialect> dialects, int mostBytes) {
    this.dialects = dialects;
    this.mostBytes = mostBytes;
  }

  static DirectHandlers handlers(Map<Api, Dialect> dialects, int mostBytes) {
    Refusals refusals = new Refusals(dialects, mostBytes);
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, refusals::refuse);
    }
    return handlers.build();
  }

  private DirectHandler.TransportResponse refuse(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType type,
      Status status,
      io.helidon.http.ServerResponseHeaders headers,
      String message) {
    LingeringClose.afterThisRequest();
    Status told = isGarbage(request, type) ? Status.BAD_REQUEST_400 : status;
    headers.set(HeaderNames.CONTENT_TYPE, "application/json");
    return DirectHandler.TransportResponse.builder()
        .status(told)
        .headers(headers)
        .keepAlive(false)
        .entity(Json.writeBytes(body(request, told)))
        .build();
  }

  /** What fails before there is a request is the fault of what was sent. */
  private static boolean isGarbage(
      DirectHandler.TransportRequest request, DirectHandler.EventType type) {
    return type == DirectHandler.EventType.INTERNAL_ERROR && request.path().isEmpty();
  }

  private Object body(DirectHandler.TransportRequest request, Status status) {
    Dialect dialect = dialects.get(Api.of(request.path()));
    if (dialect != null && status.equals(Status.REQUEST_ENTITY_TOO_LARGE_413)) {
      return dialect.error(ErrorCode.BODY_TOO_LARGE.with("limit", mostBytes));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("code", status.code() >= 500 ? 13 : 3);
    body.put("message", status.reasonPhrase().toLowerCase(Locale.ROOT));
    body.put("details", List.of());
    return body;
  }
}
