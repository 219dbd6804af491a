package io.gatehouse.platform.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What operators and machines ask without a key: alive, ready, metrics, and the API's document. */
public final class Probes {
  private final BooleanSupplier ready;
  private final Supplier<String> metrics;
  private final Supplier<byte[]> openApi;

  public Probes(BooleanSupplier ready, Supplier<String> metrics, Supplier<byte[]> openApi) {
    this.ready = ready;
    this.metrics = metrics;
    this.openApi = openApi;
  }

  void addTo(HttpRouting.Builder routing) {
    routing.get("/healthz", (request, response) -> text(response, Status.OK_200, "alive\n"));
    routing.get("/readyz", (request, response) -> ready(response));
    routing.get("/metrics", (request, response) -> text(response, Status.OK_200, metrics.get()));
    routing.get("/openapi.json", (request, response) -> json(response, openApi.get()));
  }

  private void ready(ServerResponse response) {
    if (ready.getAsBoolean()) {
      text(response, Status.OK_200, "ready\n");
    } else {
      response.header(HeaderNames.RETRY_AFTER, "1");
      text(response, Status.SERVICE_UNAVAILABLE_503, "not ready\n");
    }
  }

  private static void text(ServerResponse response, Status status, String body) {
    response.status(status).header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.send(body.getBytes(UTF_8));
  }

  private static void json(ServerResponse response, byte[] body) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(body);
  }
}
