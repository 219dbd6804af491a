package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
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
      assertThat(organization.clusterInCreation("too-much")).isNotEqualTo(id);
      assertThat(eventOf(admin, id).path("error").asText()).startsWith("The disk is full: ");
    }
  }

  /** What the server itself recorded of the cluster. */
  private static JsonNode eventOf(ApiClient admin, String id) {
    JsonNode events = admin.get("/api/v1/auditlogevents").ok().path("entries");
    return events
        .valueStream()
        .filter(event -> event.path("cluster_id").asText().equals(id))
        .filter(event -> event.path("source").asText().equals("AUDIT_LOG_SOURCE_INTERNAL"))
        .findFirst()
        .orElseThrow();
  }
}
