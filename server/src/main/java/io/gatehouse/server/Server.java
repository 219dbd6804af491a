package io.gatehouse.server;

import io.gatehouse.cloud.CloudModule;
import io.gatehouse.cloud.version.ApiVersion;
import io.gatehouse.cloud.version.CloudDialect;
import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.edge.HttpServer;
import io.gatehouse.platform.edge.Probes;
import io.gatehouse.platform.openapi.OpenApiDocument;
import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.OperationCatalog;
import io.gatehouse.platform.reconcile.Reconciliation;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;

/** The running server: everything, wired and started in order, and stopped in the other. */
final class Server implements AutoCloseable {
  private final Installation installation;
  private final Reconciliation clusters;
  private final HttpServer http;
  private final Housekeeping housekeeping;

  Server(Configuration config, Installation installation) {
    this.installation = installation;
    this.clusters =
        new Reconciliation(
            installation.cloud().clusterReconciler(),
            installation.wakeUps(),
            installation.store().database().dataSource(),
            installation.directory().serverId().toString(),
            config.engine().reconcileThreads());
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    ProcessMetrics.bindTo(meters);
    OperationCatalog catalog =
        new OperationCatalog(CloudModule.OPERATIONS, installation.cloud().routes());
    OpenApiDocument openApi = new OpenApiDocument(catalog);
    this.http =
        new HttpServer(
            config.http(),
            new HttpServer.Parts(
                catalog,
                Map.of(Api.CLOUD, new CloudDialect(usualVersion(config))),
                installation.cloud().authenticator(),
                installation.cloud().tree(),
                installation.audit(),
                meters,
                installation.ids()),
            new Probes(
                () -> installation.store().database().answers(), meters::scrape, openApi::write));
    this.housekeeping = new Housekeeping(installation.epochs(), installation.store());
  }

  private static ApiVersion usualVersion(Configuration config) {
    String version = config.server().defaultCcVersion();
    return ApiVersion.named(version)
        .orElseThrow(
            () ->
                new ConfigException(
                    "setting 'default-cc-version': there is no version '%s'".formatted(version)));
  }

  Server start() {
    housekeeping.start();
    clusters.start();
    http.start();
    return this;
  }

  int port() {
    return http.port();
  }

  /** Answers what is under way, then stops what this server started, clusters included. */
  @Override
  public void close() {
    http.close();
    clusters.close();
    housekeeping.close();
    installation.close();
  }
}
