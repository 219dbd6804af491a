package io.gatehouse.platform.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.platform.json.JsonStyle;
import io.gatehouse.platform.readiness.Readiness;
import io.gatehouse.platform.readiness.ReadinessReport;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What operators and machines ask without a key: alive, ready, metrics, and the documents of APIs.
 */
public final class Probes {
  private final Readiness readiness;
  private final Supplier<String> metrics;
  private final Map<String, Supplier<byte[]>> documents;

  /**
   * Serves them.
   *
   * @param documents JSON documents by their paths
   */
  public Probes(
      Readiness readiness, Supplier<String> metrics, Map<String, Supplier<byte[]>> documents) {
    this.readiness = readiness;
    this.metrics = metrics;
    this.documents = Map.copyOf(documents);
  }

  /** Answers a question for a probe, which is known by its path as it came; else leaves it. */
  boolean answer(ResponseWriter writer, ServerRequest request, ServerResponse response) {
    if (!request.prologue().method().equals(Method.GET)) {
      return false;
    }
    String path = request.prologue().uriPath().rawPath();
    Optional<byte[]> body =
        switch (path) {
          case "/healthz" -> text(response, "alive\n");
          case "/readyz" -> ready(response);
          case "/metrics" -> text(response, metrics.get());
          default ->
              Optional.ofNullable(documents.get(path))
                  .flatMap(document -> json(response, document.get()));
        };
    body.ifPresent(
        bytes -> {
          writer.send(request, response, bytes, false);
          writer.finish(request, false);
        });
    return body.isPresent();
  }

  private Optional<byte[]> ready(ServerResponse response) {
    ReadinessReport report = readiness.report();
    if (!report.isUsable()) {
      response.status(Status.SERVICE_UNAVAILABLE_503).header(HeaderNames.RETRY_AFTER, "1");
    }
    return json(response, JsonStyle.SNAKE_CASE.write(report));
  }

  private static Optional<byte[]> text(ServerResponse response, String body) {
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    return Optional.of(body.getBytes(UTF_8));
  }

  private static Optional<byte[]> json(ServerResponse response, byte[] body) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    return Optional.of(body);
  }
}
