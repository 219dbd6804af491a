package io.gatehouse.server;

import io.gatehouse.cloud.OrganizationBootstrap;
import io.gatehouse.cloud.apikey.ApiKeySecret;
import io.gatehouse.platform.secret.Secret;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The whole server in this process, with a real store and real clusters. Most tests share one and
 * found an organization of their own in it.
 */
final class TestServer implements AutoCloseable {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static @Nullable TestServer shared;

  private final ServerContext installation;
  private final Server server;

  private TestServer(ServerContext installation, Server server) {
    this.installation = installation;
    this.server = server;
  }

  /** The server that most tests use; without a limit of requests. */
  static synchronized TestServer shared() {
    if (shared == null) {
      TestServer started = start(Map.of());
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      shared = started;
    }
    return shared;
  }

  /** A server of one's own with other settings, in a new data directory. */
  static TestServer start(Map<String, String> settings) {
    return start(Directories.prepared(), settings);
  }

  static TestServer start(Path dataDirectory, Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("data-dir", dataDirectory.toString());
    all.put("port", "0");
    all.put("rate-limit", "0");
    all.put("minimum-free-bytes", "0");
    all.put("store-reserve-bytes", "0");
    all.putAll(settings);
    Configuration config = Configuration.read(Optional.empty(), Map.of(), all);
    DataDirectory directory = DataDirectory.open(config.server().dataDir());
    ServerContext installation = new ServerContext(config, directory);
    return new TestServer(installation, new Server(config, installation).start());
  }

  /** A new organization with its administrator. */
  TestOrganization organization() {
    OrganizationBootstrap.Founded founded =
        installation
            .cloud()
            .founding()
            .found("Organization " + NAMES.incrementAndGet(), ApiKeySecret.generate());
    return new TestOrganization(founded, as(founded.key()));
  }

  /** A client that presents this key. */
  ApiClient as(Secret key) {
    return new ApiClient(url(), Optional.of(key));
  }

  ApiClient asNobody() {
    return new ApiClient(url(), Optional.empty());
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** What it says of its Cloud API. */
  ApiDocument document() {
    return ApiDocument.own(asNobody().get("/openapi.json").response().body());
  }

  /** What it says of its unified layer. */
  ApiDocument unifiedDocument() {
    return ApiDocument.own(asNobody().get("/openapi/unified.json").response().body());
  }

  ServerContext installation() {
    return installation;
  }

  /** Ends it, and removes what it made. */
  @Override
  public void close() {
    server.close();
    Directories.remove(installation.directory().path());
  }
}
