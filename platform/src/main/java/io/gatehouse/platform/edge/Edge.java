package io.gatehouse.platform.edge;

import io.gatehouse.platform.access.Authenticator;
import io.gatehouse.platform.access.ResourceTree;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.Subject;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Dialect;
import io.gatehouse.platform.operation.OperationCatalog;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of every request, as one list of stages; see ARCHITECTURE.md. */
final class Edge implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

  private final List<Stage> stages;
  private final Map<Api, Dialect> dialects;
  private final AuditLog audit;
  private final RequestLog requests;
  private final Ids ids;
  private final Semaphore places;
  private final Wire wire;

  Edge(
      HttpConfig config,
      Patience patience,
      Wire wire,
      OperationCatalog catalog,
      Map<Api, Dialect> dialects,
      Authenticator authenticator,
      ResourceTree tree,
      AuditLog audit,
      RequestLog requests,
      Ids ids) {
    this.stages =
        List.of(
            new Receive(new Router(catalog, dialects), dialects.values()),
            new Authenticate(authenticator),
            new Limit(config.rateLimit()),
            new Parse(new BodyReader(config.maxBodyBytes(), config.bodyTimeout(), patience)),
            new Authorize(tree),
            new Execute(),
            new Render());
    this.dialects = dialects;
    this.audit = audit;
    this.requests = requests;
    this.ids = ids;
    this.places = new Semaphore(config.maxConcurrentRequests());
    this.wire = wire;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    long start = System.nanoTime();
    Exchange exchange = new Exchange(request, ids.next().toString().replace("-", ""));
    Status status = serve(exchange, response);
    Answers.send(wire, exchange, response, status);
    requests.completed(exchange, status, System.nanoTime() - start);
    wire.finish(request, exchange.isBodyBroken());
  }

  private Status serve(Exchange exchange, ServerResponse response) {
    if (!places.tryAcquire()) {
      return fail(exchange, response, ErrorCode.OVERLOADED.with());
    }
    try {
      stages.forEach(stage -> stage.apply(exchange));
      return Status.OK_200;
    } catch (GatehouseException e) {
      return fail(exchange, response, e);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("trace", exchange.traceId()).setCause(e).log("request failed");
      return fail(
          exchange, response, ErrorCode.INTERNAL.with("trace", exchange.traceId()).causedBy(e));
    } finally {
      places.release();
    }
  }

  private Status fail(Exchange exchange, ServerResponse response, GatehouseException failure) {
    record(exchange, failure);
    Answers.addRetryAfter(response, failure);
    exchange.rendered(Json.writeBytes(dialect(exchange).error(failure)));
    return Status.create(failure.code().httpStatus());
  }

  /** A change that was understood but refused or failed stands in the audit log too. */
  private void record(Exchange exchange, GatehouseException failure) {
    Call call = exchange.callIfKnown();
    if (call == null
        || !exchange.isParsed()
        || !call.operation().changes()
        || failure.isAudited()
        || failure.code() == ErrorCode.UNAVAILABLE) {
      return;
    }
    Subject subject = Subject.none().and("path", exchange.pathValues());
    try {
      audit.recordFailure(call, subject, Objects.toString(failure.getMessage(), ""));
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("trace", exchange.traceId()).setCause(e).log("audit failed");
    }
  }

  private Dialect dialect(Exchange exchange) {
    Endpoint<?, ?> endpoint = exchange.endpointIfKnown();
    return endpoint != null
        ? endpoint.dialect()
        : Objects.requireNonNull(dialects.get(Api.of(exchange.rawPath())));
  }
}
