package io.gatehouse.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.access.Authentication;
import io.gatehouse.platform.access.Grant;
import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.access.Role;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.audit.AuditEvent;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditReader;
import io.gatehouse.platform.audit.AuditStore;
import io.gatehouse.platform.audit.AuditStore.TimeRange;
import io.gatehouse.platform.config.Settings;
import io.gatehouse.platform.edge.HttpConfig;
import io.gatehouse.platform.edge.HttpServer;
import io.gatehouse.platform.edge.Probes;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.openapi.OpenApiDocument;
import io.gatehouse.platform.operation.OperationCatalog;
import io.gatehouse.platform.paging.SortOrder;
import io.gatehouse.platform.protocol.Protocol;
import io.gatehouse.platform.protocol.Protocols;
import io.gatehouse.platform.readiness.Readiness;
import io.gatehouse.platform.secret.Secret;
import io.gatehouse.platform.store.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A server with this module alone, and a client of it. A caller names the role and the organization
 * in the key; the upstream is taken for the server itself, so that it may be called.
 */
final class DirectoryServer implements AutoCloseable {
  /** An answer: its status, its headers, and its body as text and as JSON. */
  record Reply(int status, HttpHeaders headers, String text) {
    JsonNode json() {
      return Json.read(text, JsonNode.class);
    }
  }

  private final TestStore store;
  private final DirectoryModule module;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  DirectoryServer(TestStore store, InetSocketAddress upstream) {
    this.store = store;
    AuditLog audit = new AuditLog(new AuditStore(), store.transactions(), Ids.timeOrdered());
    this.module =
        new DirectoryModule(
            new DirectoryModule.Given(
                store.transactions(),
                GatewayKit.KEYSET,
                audit,
                Ids.timeOrdered(),
                Clock.systemUTC(),
                GatewayKit.CONFIG,
                () -> upstream));
    HttpConfig config =
        new Settings(HttpConfig.class)
            .with("the test", Map.of("port", "0", "rate-limit", "0"))
            .read(HttpConfig.class);
    OperationCatalog catalog = new OperationCatalog(DirectoryModule.OPERATIONS, module.routes());
    Protocol protocol = module.protocol(DirectoryServer::authenticate);
    OpenApiDocument openApi = new OpenApiDocument(catalog, protocol);
    HttpServer.Parts parts =
        new HttpServer.Parts(
            catalog,
            new Protocols(List.of(protocol)),
            (tenant, type, id) -> Optional.empty(),
            audit,
            new SimpleMeterRegistry(),
            () -> false);
    Probes probes =
        new Probes(
            new Readiness(List.of(), Clock.systemUTC()),
            () -> "",
            Map.of("/openapi.json", openApi::write));
    this.server = new HttpServer(config, parts, probes).start();
  }

  private static Authentication authenticate(Secret key) {
    String[] parts = key.reveal().split("@", 2);
    Tenant tenant = tenant(parts[1]);
    var grants = List.of(new Grant(Role.valueOf(parts[0]), Scope.organization(tenant)));
    UUID id = UUID.nameUUIDFromBytes(key.reveal().getBytes(UTF_8));
    return new Authentication.Proven(new Principal(id, "tester", "", tenant, grants));
  }

  static Tenant tenant(String organization) {
    return new Tenant(UUID.nameUUIDFromBytes(organization.getBytes(UTF_8)));
  }

  /** The body that links an account at an upstream. */
  static ObjectNode link(String tenantId, URI baseUrl, String apiKey) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("integration", "cockroachdbcloud").put("tenant_id", tenantId);
    body.put("authentication_method", "api_key");
    body.putObject("context").put("api_key", apiKey).put("base_url", baseUrl.toString());
    return body;
  }

  Reply send(String method, String path, String key, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Authorization", "Bearer " + key)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  List<AuditEvent> auditEvents(String organization) {
    return store
        .transactions()
        .read(
            session ->
                new AuditStore()
                    .list(
                        tenant(organization),
                        session,
                        new TimeRange(AuditReader.EARLIEST, AuditReader.LATEST),
                        SortOrder.ASC));
  }

  @Override
  public void close() {
    client.close();
    server.close();
    module.close();
  }
}
