package io.gatehouse.server;

import io.gatehouse.platform.operation.HttpMethod;
import io.gatehouse.platform.operation.Operation;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * For each operation a request that is well-formed and that, where it is let in, changes nothing:
 * it fails on a later rule, or there is nothing to change. An operation without one fails the tests
 * that try them all.
 */
final class Samples {
  private static final UUID NOBODY = UUID.fromString("00000000-0000-7000-8000-00000000abcd");

  private final String cluster;
  private final String folder;

  Samples(String cluster, String folder) {
    this.cluster = cluster;
    this.folder = folder;
  }

  /** A request; the path has its parameters filled in. */
  record Sample(HttpMethod method, String path, @Nullable Object body) {
    ApiClient.Answer send(ApiClient client) {
      return client.send(method.name(), path, body);
    }
  }

  Sample of(Operation<?, ?> operation) {
    return new Sample(operation.method(), path(operation), body(operation));
  }

  private String path(Operation<?, ?> operation) {
    String id =
        operation.id().contains("ApiKey") ? "CCDB1_0000000000000000000000" : NOBODY.toString();
    String query = operation.id().contains("Unified") ? "?integrated_account_id=" + NOBODY : "";
    return operation
        .path()
        .text()
        .concat(query)
        .replace("{cluster_id}", cluster)
        .replace("{folder_id}", folder)
        .replace("{user_id}", NOBODY.toString())
        .replace("{resource_type}", "CLUSTER")
        .replace("{resource_id}", cluster)
        .replace("{role_name}", "CLUSTER_MONITOR")
        .replace("{name}", "nobody")
        .replace("{resource}", "clusters?integrated_account_id=" + NOBODY)
        .replace("{id}", id);
  }

  private @Nullable Object body(Operation<?, ?> operation) {
    return switch (operation.id()) {
      case "CreateCluster" -> clusterInNoRegion();
      case "CreateSQLUser" -> Map.of("name", "root", "password", "some password");
      case "UpdateSQLUserPassword" -> Map.of("password", "some password");
      case "CreateDatabase" -> Map.of("name", "template0");
      case "EditDatabase", "EditDatabase2" -> Map.of("name", "no", "new_name", "template0");
      case "CreateFolder" -> Map.of("name", "-", "parent_id", folder);
      case "CreateServiceAccount" -> serviceAccountWithImpossibleRole();
      case "CreateApiKey" -> Map.of("name", "key", "service_account_id", NOBODY);
      case "CreateIntegratedAccount" ->
          Map.of(
              "integration",
              "nothing",
              "tenant_id",
              "acme",
              "authentication_method",
              "api_key",
              "context",
              Map.of());
      case "SetRolesForUser" -> Map.of("roles", List.of());
      case "UpdateCluster", "UpdateFolder", "UpdateServiceAccount", "UpdateApiKey" -> Map.of();
      default -> noBody(operation);
    };
  }

  private static @Nullable Object noBody(Operation<?, ?> operation) {
    boolean roleInPath = operation.path().text().contains("{role_name}");
    if (operation.method().hasBody() && !roleInPath) {
      throw new AssertionError(operation + " needs a sample in Samples");
    }
    return null;
  }

  private Map<String, Object> clusterInNoRegion() {
    return Map.of(
        "name",
        "sample-cluster",
        "provider",
        "GCP",
        "spec",
        Map.of("parent_id", folder, "serverless", Map.of("regions", List.of("nowhere"))));
  }

  private static Map<String, Object> serviceAccountWithImpossibleRole() {
    Object role = Map.of("name", "ORG_ADMIN", "resource", Map.of("type", "FOLDER", "id", NOBODY));
    return Map.of("name", "sample", "description", "", "roles", List.of(role));
  }
}
