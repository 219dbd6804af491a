package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A deletion wins over whatever is done with the cluster, and is carried out in any case. */
class ClusterDeletionTest {
  private static final String CLUSTERS = "/api/v1/clusters";

  private final Product product = Product.create().with("reconcile-threads", 2);
  private ApiClient admin;

  @BeforeEach
  void start() {
    admin = product.start().admin();
  }

  @AfterEach
  void end() {
    product.close();
  }

  @Test
  void a_cluster_in_creation_is_deleted_and_does_not_come_back() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ids.add(create("short-lived-" + i));
      assertThat(delete(ids.getLast()).path("state").asText()).isEqualTo("DELETED");
    }

    ids.forEach(this::awaitRemoved);

    String last = awaitCreated(create("afterwards"));
    ids.forEach(id -> assertThat(state(id)).isEqualTo("DELETED"));
    assertThat(product.postmasters()).hasSize(2);
    assertThat(product.clusters().toFile().list()).containsExactly(last);
  }

  @Test
  void a_cluster_that_was_changed_just_now_is_deleted() {
    String id = awaitCreated(create("changed-cluster"));
    admin.patch(path(id), cpus(4)).ok();

    delete(id);

    awaitRemoved(id);
    assertThat(state(id)).isEqualTo("DELETED");
  }

  @Test
  void a_cluster_whose_server_hangs_is_locked_against_changes_alone() throws Exception {
    String id = awaitCreated(create("hanging-cluster"));
    signal("STOP", id);
    admin.patch(path(id), cpus(4)).ok();
    admin.patch(path(id), cpus(8)).isRefused(503, 14);

    delete(id);

    awaitRemoved(id);
    admin.delete(path(id)).isRefused(404, 5);
  }

  @Test
  void clusters_that_hang_do_not_delay_the_deletion_of_another() throws Exception {
    String quick = awaitCreated(create("quick-cluster"));
    List<String> hanging = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      hanging.add(awaitCreated(create("hanging-cluster-" + i)));
    }
    for (String id : hanging) {
      signal("STOP", id);
      admin.patch(path(id), cpus(4)).ok();
    }

    delete(quick);

    awaitRemoved(quick);
    hanging.forEach(id -> assertThat(state(id)).isEqualTo("LOCKED"));
    hanging.forEach(this::delete);
    hanging.forEach(this::awaitRemoved);
  }

  @Test
  void a_deletion_is_finished_after_a_kill_of_the_server() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ids.add(awaitCreated(create("doomed-cluster-" + i)));
    }
    signal("STOP", ids.get(0));
    ids.add(create("doomed-in-creation"));
    ids.forEach(this::delete);
    product.kill();
    admin = product.start().admin();

    ids.forEach(this::awaitRemoved);

    assertThat(product.postmasters()).hasSize(1);
    ids.forEach(id -> assertThat(state(id)).isEqualTo("DELETED"));
  }

  private String create(String name) {
    return admin.post(CLUSTERS, TestOrganization.standardCluster(name)).ok().path("id").asText();
  }

  private String awaitCreated(String id) {
    Await.until(() -> state(id), "CREATED"::equals);
    return id;
  }

  private JsonNode delete(String id) {
    return admin.delete(path(id)).ok();
  }

  private void awaitRemoved(String id) {
    Await.until(() -> Files.notExists(product.clusters().resolve(id)), gone -> gone);
  }

  private String state(String id) {
    return admin.get(path(id)).ok().path("state").asText();
  }

  private void signal(String name, String id) throws Exception {
    String pid = Long.toString(product.postmaster(id));
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private static String path(String id) {
    return CLUSTERS + "/" + id;
  }

  private static Map<String, Object> cpus(int count) {
    return Map.of("usage_limits", Map.of("provisioned_virtual_cpus", "" + count));
  }
}
