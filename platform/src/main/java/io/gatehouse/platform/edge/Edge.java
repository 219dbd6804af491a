package io.gatehouse.platform.edge;

import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditTarget;
import io.gatehouse.platform.audit.RefusedCall;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.json.JsonStyle;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Content;
import io.gatehouse.platform.protocol.Protocols;
import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.TimeMeter;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of every request, as one list of stages; see ARCHITECTURE.md. */
final class Edge implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

  private final List<Stage> stages;
  private final Protocols protocols;
  private final CrossOrigin crossOrigin = new CrossOrigin();
  private final AuditLog audit;
  private final RequestLog requests;
  private final ResponseHeaders answers;
  private final ResponseWriter writer;

  Edge(
      HttpConfig config,
      HttpServer.Parts parts,
      ConnectionWatchdog watchdog,
      ResponseWriter writer) {
    Authenticate authenticate = new Authenticate(parts.protocols(), config.maxConcurrentRequests());
    Authorize authorize = new Authorize(parts.tree());
    this.stages =
        List.of(
            new MatchOperation(new Router(parts.catalog(), parts.protocols()), parts.protocols()),
            authenticate,
            new Limit(
                config.rateLimit(),
                config.rateLimitWait(),
                TimeMeter.SYSTEM_NANOTIME,
                BlockingStrategy.PARKING),
            new Built(),
            new Places(config.places()),
            new Screen(authorize),
            new Parse(new BodyReader(config.maxBodyBytes(), config.bodyTimeout(), watchdog)),
            new Reauthenticate(authenticate),
            authorize,
            new KeepReserve(parts.storeOnReserve()),
            new Execute(),
            new Render());
    this.protocols = parts.protocols();
    this.audit = parts.audit();
    this.requests = new RequestLog(parts.meters());
    this.answers = new ResponseHeaders(writer, parts.protocols());
    this.writer = writer;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    long start = System.nanoTime();
    String path = request.prologue().uriPath().rawPath();
    Exchange exchange = new Exchange(request, protocols.at(path), newTraceId());
    Status status =
        crossOrigin.isPreflight(exchange) ? Status.NO_CONTENT_204 : serve(exchange, response);
    crossOrigin.addHeaders(exchange, response);
    try {
      answers.send(exchange, response, status);
    } finally {
      exchange.leavePlace();
      requests.completed(exchange, status, System.nanoTime() - start);
    }
    writer.finish(request, exchange.isBodyBroken());
  }

  /** As W3C Trace Context has it; it need not be hard to guess. */
  private static String newTraceId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  private Status serve(Exchange exchange, ServerResponse response) {
    try {
      stages.forEach(stage -> stage.apply(exchange));
      ResponseHeaders.addHeaders(response, exchange.response().headers());
      return exchange.endpoint().success();
    } catch (GatehouseException e) {
      return fail(exchange, response, e);
    } catch (RuntimeException e) {
      return fail(
          exchange, response, ErrorCode.INTERNAL.with("trace", exchange.traceId()).causedBy(e));
    } finally {
      if (!(exchange.content() instanceof Content.Stream)) {
        exchange.leavePlace();
      }
    }
  }

  private Status fail(Exchange exchange, ServerResponse response, GatehouseException thrown) {
    GatehouseException failure = exchange.inCallersTerms(thrown);
    log(exchange, failure);
    record(exchange, failure);
    ResponseHeaders.addHeadersOf(response, failure);
    JsonStyle format = exchange.protocol().json();
    byte[] body = format.write(exchange.protocol().errors().body(failure));
    exchange.rendered(new Content.Bytes(format.mediaType(), body));
    return Status.create(failure.code().httpStatus());
  }

  /** What the caller is not told. A store that is away fails many requests, so it gets one line. */
  private static void log(Exchange exchange, GatehouseException failure) {
    Throwable cause = failure.getCause();
    if (failure.code() == ErrorCode.INTERNAL) {
      LOG.atError().addKeyValue("trace", exchange.traceId()).setCause(cause).log("request failed");
    } else if (isOfStore(failure) && cause != null) {
      LOG.atWarn()
          .addKeyValue("trace", exchange.traceId())
          .addKeyValue("cause", String.valueOf(cause.getMessage()).lines().findFirst().orElse(""))
          .log(failure.getMessage());
    }
  }

  /**
   * Refused calls are counted for the audit log; a change that was understood but failed stands
   * there by itself.
   */
  private void record(Exchange exchange, GatehouseException failure) {
    if (isRefusal(failure) && exchange.endpointIfKnown() != null) {
      audit.recordRefusal(refusal(exchange, failure));
      return;
    }
    Call call = exchange.callIfKnown();
    if (call == null
        || !exchange.isParsed()
        || !call.operation().changes()
        || failure.isAudited()
        || isOfStore(failure)) {
      return;
    }
    AuditTarget subject = AuditTarget.none().and("path", exchange.pathValues());
    try {
      audit.recordFailure(call, subject, Objects.toString(failure.getMessage(), ""));
    } catch (GatehouseException e) {
      log(exchange, e);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("trace", exchange.traceId()).setCause(e).log("audit failed");
    }
  }

  /** The store is away or full, so nothing can be written into the audit log either. */
  private static boolean isOfStore(GatehouseException failure) {
    return failure.code() == ErrorCode.UNAVAILABLE || failure.code() == ErrorCode.DISK_FULL;
  }

  private static boolean isRefusal(GatehouseException failure) {
    return failure.code() == ErrorCode.UNAUTHENTICATED
        || failure.code() == ErrorCode.PERMISSION_DENIED;
  }

  private static RefusedCall refusal(Exchange exchange, GatehouseException failure) {
    Optional<Principal> principal =
        Optional.ofNullable(exchange.callIfKnown()).map(Call::principal);
    return new RefusedCall(
        principal.map(Principal::tenant).or(exchange::claimed),
        principal,
        exchange.operation(),
        exchange.clientAddress(),
        exchange.traceId(),
        exchange.pathValues(),
        Objects.toString(failure.getMessage(), ""));
  }
}
