package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A cluster that cannot be made says why, and nothing half-made stays. */
class CreationFailedTest {
  private static final String CLUSTERS = "/api/v1/clusters";
  private static final String EXABYTE = Long.toString(1L << 60);

  @Test
  void a_full_disk_fails_the_creation_with_its_reason_and_leaves_nothing() {
    Path data = Directories.prepared();
    try (TestServer server = TestServer.start(data, Map.of("minimum-free-bytes", EXABYTE))) {
      TestOrganization organization = server.organization();
      ApiClient admin = organization.admin();
      String id = organization.clusterInCreation("too-much");

      JsonNode failed = organization.awaitState(id, "CREATION_FAILED");

      assertThat(failed.path("state_reason").asText()).startsWith("The disk is full: ");
      assertThat(admin.get(CLUSTERS).ok().path("clusters")).isEmpty();
      assertThat(admin.get(CLUSTERS + "?show_inactive=true").ok().path("clusters")).hasSize(1);
      assertThat(data.resolve("clusters")).isEmptyDirectory();
      admin.delete(CLUSTERS + "/" + id).isRefused(404, 5);
      admin.get(CLUSTERS + "/" + id + "/connection-string").isRefused(404, 5);
      admin.get(CLUSTERS + "/" + id + "/sql-users").isRefused(404, 5);
      admin.get(CLUSTERS + "/" + id + "/nodes").isRefused(404, 5);
      assertThat(organization.clusterInCreation("too-much")).isNotEqualTo(id);
      assertThat(eventOf(admin, id).path("error").asText()).startsWith("The disk is full: ");
    }
  }

  @Test
  void without_a_free_port_the_creation_fails_with_its_reason_and_leaves_nothing() {
    String port = Integer.toString(freePort());
    Path data = Directories.prepared();
    Map<String, String> settings = Map.of("sql-first-port", port, "sql-last-port", port);
    try (TestServer server = TestServer.start(data, settings)) {
      TestOrganization organization = server.organization();
      String first = organization.cluster("the-only-one");
      String second = organization.clusterInCreation("one-too-many");

      JsonNode failed = organization.awaitState(second, "CREATION_FAILED");

      assertThat(failed.path("state_reason").asText()).startsWith("No port is free");
      assertThat(data.resolve("clusters").resolve(second)).doesNotExist();
      assertThat(server.installation().engine().present()).containsExactly(UUID.fromString(first));
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the server itself recorded of the cluster. */
  private static JsonNode eventOf(ApiClient admin, String id) {
    return Await.until(
            () ->
                admin
                    .get("/api/v1/auditlogevents")
                    .ok()
                    .path("entries")
                    .valueStream()
                    .filter(event -> event.path("cluster_id").asText().equals(id))
                    .filter(
                        event -> event.path("source").asText().equals("AUDIT_LOG_SOURCE_INTERNAL"))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }
}
