package io.gatehouse.platform.edge;

import io.gatehouse.platform.access.ResourceTree;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.operation.OperationCatalog;
import io.gatehouse.platform.protocol.Protocols;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The listening server: the probes for operators, and the edge for everything else. */
public final class HttpServer implements AutoCloseable {
  /** What a connection may send to be told what to do: method, path and query. */
  private static final int MAX_PROLOGUE = 8192;

  private final WebServer server;
  private final ConnectionWatchdog watchdog = new ConnectionWatchdog();

  /**
   * The parts of a server that serve the operations.
   *
   * @param storeOnReserve whether the metadata store has nothing but its reserve left to write on
   */
  public record Parts(
      OperationCatalog catalog,
      Protocols protocols,
      ResourceTree tree,
      AuditLog audit,
      MeterRegistry meters,
      BooleanSupplier storeOnReserve) {}

  public HttpServer(HttpConfig config, Parts parts, Probes probes) {
    ResponseWriter writer =
        new ResponseWriter(watchdog, config.bodyTimeout(), config.maxBodyBytes());
    Edge edge = new Edge(config, parts, watchdog, writer);
    HttpRouting.Builder routing = HttpRouting.builder();
    routing.any(
        (request, response) -> {
          if (!probes.answer(writer, request, response)) {
            edge.handle(request, response);
          }
        });
    this.server =
        build(config, routing, TransportErrors.handlers(parts.protocols(), config.maxBodyBytes()));
  }

  /** Without NIO a connection keeps half the memory. */
  private WebServer build(HttpConfig config, HttpRouting.Builder routing, DirectHandlers refusals) {
    return WebServer.builder()
        .host(config.host())
        .port(config.port())
        .shutdownHook(false)
        .shutdownGracePeriod(config.drainTimeout())
        .maxTcpConnections(Math.min(config.maxConnections(), OpenFiles.forConnections()))
        .idleConnectionTimeout(config.idleTimeout())
        .idleConnectionPeriod(Duration.ofSeconds(5))
        .backlog(1024)
        .useNio(false)
        .maxPayloadSize(config.maxBodyBytes())
        .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
        .protocolsDiscoverServices(false)
        .addConnectionSelector(
            new BoundedConnections(
                http1(config),
                config.maxBodyBytes() + config.maxHeaderBytes() + MAX_PROLOGUE,
                watchdog,
                config.bodyTimeout()))
        .directHandlers(refusals)
        .addRouting(routing)
        .build();
  }

  private Http1ConnectionSelector http1(HttpConfig config) {
    Http1Config http1 =
        Http1Config.builder()
            .maxHeadersSize(config.maxHeaderBytes())
            .maxPrologueLength(MAX_PROLOGUE)
            .validatePath(false) // RawPath does
            .validatePrologue(false) // many write [ and ] in a query as they are
            .validateResponseHeaders(false) // none of them holds what someone sent
            .addReceiveListener(watchdog.withHeaders(config.bodyTimeout()))
            .build();
    return Http1ConnectionSelector.builder().config(http1).build();
  }

  public HttpServer start() {
    server.start();
    return this;
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Stops listening and lets requests under way finish. */
  @Override
  public void close() {
    server.stop();
    watchdog.close();
  }
}
