package io.gatehouse.server;

import io.gatehouse.cloud.api.CloudProtocol;
import io.gatehouse.cloud.version.CloudVersions;
import io.gatehouse.directory.DirectoryModule;
import io.gatehouse.platform.access.Authenticator;
import io.gatehouse.platform.edge.HttpServer;
import io.gatehouse.platform.edge.Probes;
import io.gatehouse.platform.openapi.OpenApiDocument;
import io.gatehouse.platform.operation.OperationCatalog;
import io.gatehouse.platform.operation.Route;
import io.gatehouse.platform.protocol.Protocol;
import io.gatehouse.platform.protocol.Protocols;
import io.gatehouse.platform.readiness.Readiness;
import io.gatehouse.platform.readiness.ReadinessCheck;
import io.gatehouse.platform.readiness.ReadinessStatus;
import io.gatehouse.platform.reconcile.ReconcileQueue;
import io.gatehouse.platform.reconcile.Reconciler;
import io.gatehouse.platform.reconcile.Reconciliation;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running server: everything, wired and started in order, and stopped in the other. */
final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final ServerContext installation;
  private final Reconciliation clusters;
  private final Reconciliation removals;
  private final Reconciliation sqlAccess;
  private final DirectoryModule directory;
  private final HttpServer http;
  private final ServerLease lease;
  private final Housekeeping housekeeping;
  private final AtomicBoolean reconciliationStopped = new AtomicBoolean();
  private volatile boolean stopping;

  Server(Configuration config, ServerContext installation) {
    this.installation = installation;
    this.lease = installation.lease();
    this.clusters =
        reconciliation(
            config, installation.cloud().clusterReconciler(), installation.reconcileQueue());
    this.removals =
        reconciliation(config, installation.cloud().clusterRemoval(), installation.removalQueue());
    this.sqlAccess =
        reconciliation(config, installation.cloud().sqlAccess(), installation.sqlAccessQueue());
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    ProcessMetrics.bindTo(meters);
    this.directory = directory(config);
    OperationCatalog catalog =
        new OperationCatalog(
            Operations.ALL, both(installation.cloud().routes(), directory.routes()));
    Authenticator authenticator = installation.cloud().authenticator();
    Protocol cloud =
        CloudProtocol.of(authenticator, new CloudVersions(config.server().defaultVersion()));
    Protocol unified = directory.protocol(authenticator);
    this.http =
        new HttpServer(
            config.http(),
            new HttpServer.Parts(
                catalog,
                new Protocols(List.of(cloud, unified)),
                installation.cloud().tree(),
                installation.audit(),
                meters,
                installation.disk()::isStoreOnReserve),
            new Probes(
                readiness(),
                meters::scrape,
                Map.of(
                    "/openapi.json", new OpenApiDocument(catalog, cloud)::write,
                    "/openapi/unified.json", new OpenApiDocument(catalog, unified)::write)));
    this.housekeeping =
        new Housekeeping(
            installation.epochs(),
            installation.store(),
            installation.disk(),
            this::renewLease,
            () -> installation.audit().maintain(installation.cloud()::onlyOrganization));
  }

  /**
   * Two servers of one id must not work on the same clusters, so the one that lost it stops. Its
   * reconcilers do nothing from the moment that it is lost; to close them can take a while.
   */
  private void renewLease() {
    if (!lease.renew() && !reconciliationStopped.getAndSet(true)) {
      clusters.close();
      removals.close();
      sqlAccess.close();
    }
  }

  private Readiness readiness() {
    List<ReadinessCheck> checks = new ArrayList<>(installation.readinessChecks());
    checks.add(installation.disk());
    checks.add(ReadinessCheck.of("server", this::ownReadiness));
    return new Readiness(checks, installation.clock());
  }

  /** Connections that are kept open are answered until the last request has drained. */
  private ReadinessStatus ownReadiness() {
    if (lease.isLost()) {
      return ReadinessStatus.notReady("another server runs with the id of this one");
    }
    return stopping ? ReadinessStatus.notReady("the server is stopping") : ReadinessStatus.ready();
  }

  private Reconciliation reconciliation(
      Configuration config, Reconciler reconciler, ReconcileQueue reconcileQueue) {
    return new Reconciliation(
        new LeasedReconciler(reconciler, lease::isLost),
        reconcileQueue,
        installation.store().database().dataSource(),
        installation.directory().serverId().toString(),
        config.engine().reconcileThreads());
  }

  private DirectoryModule directory(Configuration config) {
    return new DirectoryModule(
        new DirectoryModule.Given(
            installation.transactions(),
            installation.keyset(),
            installation.audit(),
            installation.ids(),
            installation.clock(),
            config.gateway(),
            () -> new InetSocketAddress(config.http().host(), port())));
  }

  private static List<Route<?, ?>> both(List<Route<?, ?>> some, List<Route<?, ?>> others) {
    return Stream.of(some, others).<Route<?, ?>>flatMap(List::stream).toList();
  }

  /** Starts all of it or, when it fails, nothing. */
  Server start() {
    try {
      lease.acquire();
      housekeeping.start();
      removals.start();
      sqlAccess.start();
      clusters.start();
      http.start();
      return this;
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  int port() {
    return http.port();
  }

  /** Answers what is under way, then stops what this server started, clusters included. */
  @Override
  public void close() {
    stop();
    installation.close();
  }

  /** A lease that cannot be given back ends by itself. */
  private void releaseLease() {
    try {
      lease.release();
    } catch (RuntimeException e) {
      LOG.debug("the lease of this server is left to expire", e);
    }
  }

  private void stop() {
    stopping = true;
    http.close();
    directory.close();
    clusters.close();
    removals.close();
    sqlAccess.close();
    housekeeping.close();
    releaseLease();
  }
}
