package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.engines.ClusterEngine;
import io.gatehouse.engines.Desired;
import io.gatehouse.engines.Observed;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import io.gatehouse.platform.reconcile.Outcome;
import io.gatehouse.platform.reconcile.Reconciler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows without data and data without rows, as a restored store or an accident leaves them. */
class LostAndFoundTest {
  private static final TestServer SERVER = TestServer.shared();

  private final ClusterEngine engine = SERVER.installation().engine();
  private final Reconciler reconciler = SERVER.installation().cloud().clusterReconciler();
  private final Path clusters = SERVER.installation().directory().clusters();

  @ParameterizedTest
  @EnumSource(names = {"RUNNING", "STOPPED"})
  void data_without_a_row_is_never_erased(Presence presence) {
    UUID unknown = UUID.randomUUID();
    converge(unknown, Presence.RUNNING);
    converge(unknown, presence);
    Observed before = engine.observe(unknown);

    assertThat(reconciler.toLookAt()).contains(unknown);
    assertThat(reconciler.reconcile(unknown)).isEqualTo(Outcome.settled());

    assertThat(engine.observe(unknown)).isEqualTo(before);
    converge(unknown, Presence.ABSENT);
  }

  @Test
  void what_is_half_made_and_has_no_row_is_removed() throws IOException {
    UUID unknown = UUID.randomUUID();
    Files.createDirectories(clusters.resolve(unknown + ".partial").resolve("base"));

    assertThat(reconciler.toLookAt()).contains(unknown);
    assertThat(reconciler.reconcile(unknown)).isEqualTo(Outcome.settled());

    assertThat(engine.observe(unknown)).isEqualTo(new Observed.Absent());
  }

  @Test
  void a_cluster_whose_data_is_gone_says_so_takes_no_change_and_can_be_deleted() {
    TestOrganization organization = SERVER.organization();
    ApiClient admin = organization.admin();
    String id = organization.cluster("lost-seen");
    String path = "/api/v1/clusters/" + id;
    converge(UUID.fromString(id), Presence.ABSENT);

    reconciler.reconcile(UUID.fromString(id));

    JsonNode lost = admin.get(path).ok();
    assertThat(lost.path("state").asText()).isEqualTo("CREATED");
    assertThat(lost.path("state_reason").asText()).startsWith("The data of the cluster is gone");
    assertThat(admin.patch(path, cpus(4)).isRefused(400, 9).message())
        .startsWith("The data of the cluster is gone");
    admin.get(path + "/databases").isRefused(503, 14);
    admin.patch(path, Map.of("spec", Map.of("labels", Map.of("still", "possible")))).ok();
    assertThat(engine.observe(UUID.fromString(id))).isEqualTo(new Observed.Absent());
    admin.delete(path).ok();
    assertThat(admin.get(path).ok().path("state").asText()).isEqualTo("DELETED");
  }

  @Test
  void a_change_that_was_accepted_before_the_data_was_seen_to_be_gone_does_not_lock_the_cluster() {
    TestOrganization organization = SERVER.organization();
    ApiClient admin = organization.admin();
    String id = organization.cluster("lost-unseen");
    String path = "/api/v1/clusters/" + id;
    converge(UUID.fromString(id), Presence.ABSENT);

    admin.patch(path, cpus(4)).ok();

    JsonNode lost = organization.awaitState(id, "CREATED");
    assertThat(lost.path("state_reason").asText()).startsWith("The data of the cluster is gone");
    admin.delete(path).ok();
  }

  @Test
  void a_cluster_whose_data_was_put_back_serves_again_as_it_is_wanted() throws IOException {
    TestOrganization organization = SERVER.organization();
    String id = organization.cluster("found-again");
    UUID uuid = UUID.fromString(id);
    converge(uuid, Presence.STOPPED);
    Files.move(clusters.resolve(id), clusters.resolve("elsewhere"));
    reconciler.reconcile(uuid);
    organization.admin().get("/api/v1/clusters/" + id + "/databases").isRefused(503, 14);

    Files.move(clusters.resolve("elsewhere"), clusters.resolve(id));
    reconciler.reconcile(uuid);

    JsonNode found = organization.admin().get("/api/v1/clusters/" + id).ok();
    assertThat(found.path("state_reason").isMissingNode()).isTrue();
    organization.admin().get("/api/v1/clusters/" + id + "/databases").ok();
  }

  @Test
  void a_cluster_that_crashed_is_started_again_when_someone_asks_for_it() throws IOException {
    TestOrganization organization = SERVER.organization();
    String id = organization.cluster("crashed");
    String databases = "/api/v1/clusters/" + id + "/databases";
    Path lockFile = clusters.resolve(id).resolve("postmaster.pid");
    long postmaster = Long.parseLong(Files.readAllLines(lockFile).getFirst());
    ProcessHandle process = ProcessHandle.of(postmaster).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();

    organization.admin().get(databases).isRefused(503, 14);

    Await.until(() -> organization.admin().get(databases).status(), status -> status == 200);
  }

  private static Map<String, Object> cpus(int count) {
    return Map.of("usage_limits", Map.of("provisioned_virtual_cpus", "" + count));
  }

  private void converge(UUID id, Presence presence) {
    Desired desired = new Desired(presence, new Resources(1), 1, OptionalInt.empty());
    engine.converge(id, desired, Progress.SILENT);
  }
}
