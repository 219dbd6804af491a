package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.ClusterEngine;
import io.gatehouse.engines.Desired;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.Observed;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What keeps a cluster from serving is said as long as it does, and no longer. */
class StateReasonTest {
  private static final TestServer SERVER = TestServer.shared();

  private final TestOrganization organization = SERVER.organization();
  private final ApiClient admin = organization.admin();
  private final ClusterEngine engine = SERVER.installation().engine();
  private final Path clusters = SERVER.installation().directory().clusters();

  @Test
  void a_taken_port_is_told_and_waited_for() throws IOException {
    String id = organization.cluster("port-taken");
    String connection = connectionString(id);
    int port = port(id);
    stop(id);
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      look(id);
      assertThat(reason(id)).contains("Port " + port).contains("starts when it is free");
      assertThat(state(id)).isEqualTo("CREATED");
      assertThat(connectionString(id)).isEqualTo(connection);
    }

    look(id);

    assertThat(reason(id)).isEmpty();
    assertThat(port(id)).isEqualTo(port);
  }

  @Test
  void data_that_cannot_be_read_is_told_until_it_is_put_right() throws IOException {
    String id = organization.cluster("broken-version");
    Path version = clusters.resolve(id).resolve("PG_VERSION");
    String right = Files.readString(version);
    Files.writeString(version, "nonsense");
    stop(id);

    look(id);

    assertThat(reason(id)).startsWith("PostgreSQL does not start: ").contains("PG_VERSION");
    assertThat(reason(id)).doesNotContain(clusters.toString());
    admin.get(path(id) + "/sql-users").isRefused(503, 14);

    Files.writeString(version, right);
    look(id);

    assertThat(reason(id)).isEmpty();
    admin.get(path(id) + "/sql-users").ok();
  }

  @Test
  void a_server_that_hangs_is_told_until_it_answers() throws Exception {
    String id = organization.cluster("hanging");
    signal("STOP", id);

    look(id);
    assertThat(reason(id)).contains("cannot be reached");

    signal("CONT", id);
    look(id);
    assertThat(reason(id)).isEmpty();
  }

  @Test
  void a_change_of_a_cluster_that_is_down_is_carried_out_once_it_serves() throws IOException {
    String id = organization.cluster("changed-while-down");
    Path version = clusters.resolve(id).resolve("PG_VERSION");
    String right = Files.readString(version);
    Files.writeString(version, "nonsense");
    stop(id);
    look(id);

    admin.patch(path(id), Map.of("usage_limits", Map.of("provisioned_virtual_cpus", "4"))).ok();
    assertThat(state(id)).isEqualTo("LOCKED");
    Files.writeString(version, right);
    look(id);

    organization.awaitState(id, "CREATED");
    assertThat(reason(id)).isEmpty();
    assertThat(((Observed.Running) engine.observe(UUID.fromString(id))).resources())
        .isEqualTo(new Resources(4));
  }

  @Test
  void a_deleted_cluster_forgets_why_it_was_down() throws IOException {
    String id = organization.cluster("deleted-while-down");
    Files.writeString(clusters.resolve(id).resolve("PG_VERSION"), "nonsense");
    stop(id);
    look(id);
    assertThat(reason(id)).isNotEmpty();

    admin.delete(path(id)).ok();

    assertThat(reason(id)).isEmpty();
  }

  /** As the sweep does each minute. */
  private void look(String id) {
    Await.until(() -> hasLooked(id), looked -> looked);
  }

  private static boolean hasLooked(String id) {
    try {
      SERVER.installation().cloud().clusterReconciler().reconcile(UUID.fromString(id));
      return true;
    } catch (EngineException e) {
      return !e.hasYielded();
    }
  }

  private void stop(String id) {
    engine.converge(
        UUID.fromString(id),
        new Desired(Presence.STOPPED, new Resources(1), 1, OptionalInt.empty()),
        Progress.SILENT);
  }

  private int port(String id) {
    return Integer.parseInt(
        admin.get(path(id) + "/connection-string").ok().path("params").path("Port").asText());
  }

  private String connectionString(String id) {
    return admin.get(path(id) + "/connection-string").ok().path("connection_string").asText();
  }

  private String state(String id) {
    return admin.get(path(id)).ok().path("state").asText();
  }

  private String reason(String id) {
    return admin.get(path(id)).ok().path("state_reason").asText();
  }

  private void signal(String name, String id) throws IOException, InterruptedException {
    List<String> lines = Files.readAllLines(clusters.resolve(id).resolve("postmaster.pid"));
    new ProcessBuilder("kill", "-" + name, lines.getFirst()).start().waitFor();
  }

  private static String path(String id) {
    return "/api/v1/clusters/" + id;
  }
}
