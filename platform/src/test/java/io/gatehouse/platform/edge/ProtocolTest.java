package io.gatehouse.platform.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.audit.AuditEvent;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditReader;
import io.gatehouse.platform.audit.AuditStore;
import io.gatehouse.platform.config.Settings;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.openapi.OpenApiDocument;
import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.Content;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.OperationCatalog;
import io.gatehouse.platform.operation.Route;
import io.gatehouse.platform.paging.SortOrder;
import io.gatehouse.platform.protocol.Cors;
import io.gatehouse.platform.protocol.Protocol;
import io.gatehouse.platform.protocol.Protocols;
import io.gatehouse.platform.readiness.Readiness;
import io.gatehouse.platform.store.Database;
import io.gatehouse.platform.store.Epochs;
import io.gatehouse.platform.store.TestDatabase;
import io.gatehouse.platform.store.Transactions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a protocol and its operations may be like, over HTTP. */
class ProtocolTest {
  private static final String END = "end";
  private static final String FAILURE = "failure";

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> events = new ArrayBlockingQueue<>(10);
  private final Database database = TestDatabase.shared();
  private final Transactions transactions =
      new Transactions(database.jdbi(), new Epochs(database.jdbi(), Clock.systemUTC()));
  private final AuditStore auditStore = new AuditStore();
  private final Protocol protocol = TestProtocol.protocol();
  private HttpServer server;
  private OperationCatalog catalog;

  @BeforeEach
  void start() {
    List<Route<?, ?>> routes = TestProtocol.routes(this::writeEvents);
    catalog =
        new OperationCatalog(
            routes.stream().<Operation<?, ?>>map(Route::operation).toList(), routes);
    HttpConfig config =
        new Settings(HttpConfig.class)
            .with("the test", Map.of("port", "0", "rate-limit", "0"))
            .read(HttpConfig.class);
    HttpServer.Parts parts =
        new HttpServer.Parts(
            catalog,
            new Protocols(List.of(protocol, others())),
            (tenant, type, id) -> Optional.empty(),
            new AuditLog(auditStore, transactions, Ids.timeOrdered()),
            new SimpleMeterRegistry(),
            () -> false);
    Probes probes = new Probes(new Readiness(List.of(), Clock.systemUTC()), () -> "", Map.of());
    server = new HttpServer(config, parts, probes).start();
  }

  @AfterEach
  void stop() {
    events.add(END);
    server.close();
  }

  /** Answers for all other paths. */
  private Protocol others() {
    return new Protocol(
        new Api("others", "/"),
        List.of(),
        protocol.json(),
        protocol.errors(),
        "Other-Trace",
        Cors.NONE,
        protocol.versions(),
        parameter -> {});
  }

  private void writeEvents(Content.Sink sink) throws IOException {
    try {
      sink.write(": begins\n\n".getBytes(UTF_8)); // headers go with the first chunk
      for (String event = events.take(); !event.equals(END); event = events.take()) {
        if (event.equals(FAILURE)) {
          throw new IllegalStateException("as a test wants it");
        }
        sink.write(("data: " + event + "\n\n").getBytes(UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .method(method, BodyPublishers.ofString(body))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "ApiKey key");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private List<String> audited() {
    AuditStore.TimeRange all = new AuditStore.TimeRange(AuditReader.EARLIEST, AuditReader.LATEST);
    return transactions
        .read(session -> auditStore.list(TestProtocol.TENANT, session, all, SortOrder.ASC))
        .stream()
        .map(AuditEvent::action)
        .toList();
  }

  @Test
  void a_post_that_reads_is_no_change() throws Exception {
    HttpResponse<String> found =
        send(request("POST", "/test/items/.search", "{\"filterText\":\"x\"}"));

    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(found.body()).isEqualTo("{\"itemNames\":[\"a\",\"x\"]}");
    assertThat(found.headers().firstValue("Content-Type")).contains("application/test+json");
    assertThat(found.headers().firstValue("X-Request-Id")).isPresent();
    HttpResponse<String> refused =
        send(request("POST", "/test/items/.search", "{\"filterText\":\"too long\"}"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .isEqualTo("{\"problem\":\"invalid argument: filterText: is too long\"}");
    List<String> before = audited();
    HttpResponse<String> failed =
        send(request("POST", "/test/items/.search", "{\"filterText\":\"gone\"}"));
    assertThat(failed.statusCode()).isEqualTo(404);
    assertThat(audited()).as("a change that fails like this is recorded").isEqualTo(before);
  }

  @Test
  void a_creation_answers_201_and_where_it_is_and_reads_body_query_and_headers() throws Exception {
    HttpResponse<String> created =
        send(
            request(
                    "POST",
                    "/test/items?dryRun=true&itemName=query",
                    "{\"itemName\":\"b\",\"dryRun\":false,\"ifMatch\":\"body\"}")
                .header("If-Match", "v1"));

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.headers().firstValue("Location")).contains("/test/items/b");
    assertThat(created.body()).isEqualTo("{\"itemName\":\"b\",\"dryRun\":true,\"ifMatch\":\"v1\"}");
  }

  @Test
  void a_delete_reads_a_body_and_answers_204_without_one() throws Exception {
    HttpResponse<String> removed =
        send(request("DELETE", "/test/items/b", "{\"reasonText\":\"old\"}"));

    assertThat(removed.statusCode()).isEqualTo(204);
    assertThat(removed.body()).isEmpty();
    assertThat(removed.headers().firstValue("Content-Type")).isEmpty();
    HttpResponse<String> refused = send(request("DELETE", "/test/items/b?reasonText=old", "{}"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(audited()).contains("REMOVE_ITEM");
  }

  @Test
  void each_authenticator_is_asked_in_order_and_all_are_offered() throws Exception {
    HttpRequest.Builder bySession =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/test/export"));
    assertThat(send(bySession.copy().header("X-Session", "session")).statusCode()).isEqualTo(200);
    HttpResponse<String> refused = send(bySession.copy().header("Authorization", "Bearer key"));
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("ApiKey, X-Session");
    HttpResponse<String> first =
        send(
            bySession
                .copy()
                .header("Authorization", "ApiKey wrong")
                .header("X-Session", "session"));
    assertThat(first.statusCode()).isEqualTo(401);
  }

  @Test
  void bytes_are_sent_as_they_are() throws Exception {
    HttpResponse<String> export = send(request("GET", "/test/export", ""));

    assertThat(export.headers().firstValue("Content-Type")).contains("text/csv");
    assertThat(export.body()).isEqualTo("a,b\n");
  }

  @Test
  void events_arrive_one_by_one() throws Exception {
    HttpResponse<InputStream> stream =
        client.send(request("GET", "/test/events", "").build(), BodyHandlers.ofInputStream());
    assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), UTF_8))) {
      assertThat(lines.readLine()).startsWith(":");
      assertThat(lines.readLine()).isEmpty();
      for (String event : List.of("one", "two")) {
        events.add(event);
        assertThat(lines.readLine()).isEqualTo("data: " + event);
        assertThat(lines.readLine()).isEmpty();
      }
      events.add(END);
      assertThat(lines.readLine()).isNull();
    }
  }

  @Test
  void a_stream_that_breaks_off_does_not_look_whole() throws Exception {
    events.addAll(List.of("one", FAILURE));

    HttpResponse<InputStream> stream =
        client.send(request("GET", "/test/events", "").build(), BodyHandlers.ofInputStream());

    assertThatThrownBy(() -> stream.body().readAllBytes()).isInstanceOf(IOException.class);
  }

  @Test
  void a_page_of_an_allowed_origin_may_call_and_no_other() throws Exception {
    String allowed = exchange("OPTIONS /test/items HTTP/1.1", "Origin: https://app.example.com");
    assertThat(allowed)
        .startsWith("HTTP/1.1 204")
        .contains("Access-Control-Allow-Origin: https://app.example.com")
        .contains("Access-Control-Allow-Headers: Authorization")
        .contains("Access-Control-Max-Age: 3600");
    String other = exchange("OPTIONS /test/items HTTP/1.1", "Origin: https://evil.example.com");
    assertThat(other).startsWith("HTTP/1.1 405").doesNotContain("Access-Control-Allow");
  }

  @Test
  void what_is_not_routed_or_not_even_http_is_told_in_the_form_of_the_protocol() throws Exception {
    assertThat(send(request("GET", "/test/nothing", "")).body())
        .isEqualTo("{\"problem\":\"no such operation: GET /test/nothing\"}");
    HttpResponse<String> elsewhere = send(request("GET", "/elsewhere", ""));
    assertThat(elsewhere.headers().firstValue("Other-Trace")).isPresent();
    assertThat(exchange("GET /test/a HTTP/9.9", "X: y")).contains("{\"problem\":\"4");
  }

  @Test
  void the_document_describes_what_is_particular() {
    JsonNode document = Json.tree(new OpenApiDocument(catalog, protocol).write());

    JsonNode create = document.path("paths").path("/test/items").path("post");
    assertThat(create.path("responses").has("201")).isTrue();
    assertThat(create.path("parameters").findValuesAsText("name"))
        .containsExactlyInAnyOrder("If-Match", "dryRun");
    assertThat(
            create
                .at("/requestBody/content/application~1test+json/schema/properties")
                .propertyStream()
                .map(Map.Entry::getKey))
        .containsExactly("itemName");
    assertThat(document.at("/components/securitySchemes").size()).isEqualTo(2);
    assertThat(document.at("/paths/~1test~1items~1{itemName}/delete/requestBody").isMissingNode())
        .isFalse();
  }

  /** Sends a request line and a header by hand, and reads the response until the server closes. */
  private String exchange(String line, String header) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      String request =
          line
              + "\r\nHost: localhost\r\nAccess-Control-Request-Method: POST\r\n"
              + header
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
