package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.protocol.Protocol;
import io.gatehouse.platform.protocol.Protocols;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Locale;

/** The answers to what is not even HTTP as we accept it, refused before there is a request. */
final class TransportErrors {
  private final Protocols protocols;
  private final int maxBytes;

  private TransportErrors(Protocols protocols, int maxBytes) {
    this.protocols = protocols;
    this.maxBytes = maxBytes;
  }

  static DirectHandlers handlers(Protocols protocols, int maxBytes) {
    TransportErrors refusals = new TransportErrors(protocols, maxBytes);
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
    Protocol protocol = protocols.at(request.path());
    headers.set(HeaderNames.CONTENT_TYPE, protocol.json().mediaType());
    return DirectHandler.TransportResponse.builder()
        .status(told)
        .headers(headers)
        .keepAlive(false)
        .entity(protocol.json().write(body(protocol, told)))
        .build();
  }

  /** What fails before there is a request is the fault of what was sent. */
  private static boolean isGarbage(
      DirectHandler.TransportRequest request, DirectHandler.EventType type) {
    return type == DirectHandler.EventType.INTERNAL_ERROR && request.path().isEmpty();
  }

  private Object body(Protocol protocol, Status status) {
    return status.equals(Status.REQUEST_ENTITY_TOO_LARGE_413)
        ? protocol.errors().body(ErrorCode.BODY_TOO_LARGE.with("limit", maxBytes))
        : protocol.errors().body(status.code(), status.reasonPhrase().toLowerCase(Locale.ROOT));
  }
}
