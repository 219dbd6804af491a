package io.gatehouse.platform.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.platform.access.Authentication;
import io.gatehouse.platform.access.Authenticator;
import io.gatehouse.platform.access.Scheme;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditStore;
import io.gatehouse.platform.config.Settings;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.OperationCatalog;
import io.gatehouse.platform.operation.Route;
import io.gatehouse.platform.protocol.Protocol;
import io.gatehouse.platform.protocol.Protocols;
import io.gatehouse.platform.readiness.Readiness;
import io.gatehouse.platform.secret.Secret;
import io.gatehouse.platform.store.Database;
import io.gatehouse.platform.store.Epochs;
import io.gatehouse.platform.store.TestDatabase;
import io.gatehouse.platform.store.Transactions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever waits for a turn is authenticated once more when it has come. */
class WaitingCallerTest {
  private static final int REQUESTS = 5;

  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  /** Each key is revoked as soon as it has been proven; all are keys of one principal. */
  private record ProvenOnce(Authenticator authenticator, Set<String> proven)
      implements Authenticator {
    @Override
    public Scheme scheme() {
      return authenticator.scheme();
    }

    @Override
    public Authentication authenticate(Secret presented) {
      return proven.add(presented.reveal())
          ? authenticator.authenticate(Secret.of("key"))
          : Authentication.unknown();
    }
  }

  @BeforeEach
  void start() {
    Database database = TestDatabase.shared();
    Transactions transactions =
        new Transactions(database.jdbi(), new Epochs(database.jdbi(), Clock.systemUTC()));
    Protocol protocol = TestProtocol.protocol();
    Authenticator provenOnce =
        new ProvenOnce(protocol.authenticators().getFirst(), ConcurrentHashMap.newKeySet());
    List<Route<?, ?>> routes = TestProtocol.routes(sink -> {});
    HttpServer.Parts parts =
        new HttpServer.Parts(
            new OperationCatalog(
                routes.stream().<Operation<?, ?>>map(Route::operation).toList(), routes),
            new Protocols(
                List.of(
                    with(protocol, protocol.api(), List.of(provenOnce)),
                    with(protocol, new Api("others", "/"), List.of()))),
            (tenant, type, id) -> Optional.empty(),
            new AuditLog(new AuditStore(), transactions, Ids.timeOrdered()),
            new SimpleMeterRegistry(),
            () -> false);
    HttpConfig config =
        new Settings(HttpConfig.class)
            .with("the test", Map.of("port", "0", "rate-limit", "1", "rate-limit-wait", "60s"))
            .read(HttpConfig.class);
    Probes probes = new Probes(new Readiness(List.of(), Clock.systemUTC()), () -> "", Map.of());
    server = new HttpServer(config, parts, probes).start();
  }

  private static Protocol with(Protocol protocol, Api api, List<Authenticator> authenticators) {
    return new Protocol(
        api,
        authenticators,
        protocol.json(),
        protocol.errors(),
        protocol.traceHeader(),
        protocol.cors(),
        protocol.versions(),
        protocol.unknownParameters());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_key_that_is_revoked_while_its_request_waits_is_refused() {
    List<CompletableFuture<HttpResponse<String>>> sent =
        IntStream.range(0, REQUESTS).mapToObj(this::send).toList();

    assertThat(sent)
        .extracting(answer -> answer.join().statusCode())
        .as("a key is unknown only to those who ask again")
        .contains(200, 401)
        .containsOnly(200, 401);
  }

  private CompletableFuture<HttpResponse<String>> send(int number) {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/test/export");
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", "ApiKey key-" + number).build();
    return client.sendAsync(request, BodyHandlers.ofString());
  }
}
