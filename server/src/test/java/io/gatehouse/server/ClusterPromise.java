package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client knows for certain of one cluster because the server acknowledged it, and what it
 * tried without an answer, so that it may or may not have happened.
 */
final class ClusterPromise {
  private static final String CLUSTERS = "/api/v1/clusters";
  private static final String USER = "maxroach";

  private final String name;
  private Optional<String> id = Optional.empty();
  private String connectionString = "";
  private boolean userMade;
  private int rows;
  private int cpus = 2;
  private int cpusTried = 2;
  private boolean deleted;
  private boolean deletionTried;

  ClusterPromise(String name) {
    this.name = name;
  }

  boolean isThere() {
    return id.isPresent() && !deleted;
  }

  /** Creates the cluster, and a user and data in it. */
  void create(ApiClient admin) {
    id =
        Optional.of(
            admin.post(CLUSTERS, TestOrganization.standardCluster(name)).ok().path("id").asText());
    awaitRest(admin);
    use(admin);
  }

  /** Does something with a server that may be killed meanwhile. */
  static void untilKilled(Runnable work) {
    try {
      work.run();
    } catch (UncheckedIOException e) {
      assertThat(e).hasMessageNotContaining("timed out");
    }
  }

  /** Asks for other resources. */
  void change(ApiClient admin, int wanted) {
    cpusTried = wanted;
    var limits = Map.of("usage_limits", Map.of("provisioned_virtual_cpus", "" + wanted));
    admin.patch(path(), limits).ok();
    cpus = wanted;
  }

  void delete(ApiClient admin) {
    deletionTried = true;
    admin.delete(path()).ok();
    deleted = true;
  }

  /** Sees that everything is as it was acknowledged; what had no answer becomes known. */
  void isKept(ApiClient admin) throws SQLException {
    if (id.isEmpty()) {
      id = find(admin);
    }
    if (id.isEmpty()) {
      return;
    }
    JsonNode cluster = awaitRest(admin);
    assertThat(cluster.path("state").asText()).as(cluster.toString()).isIn(possibleStates());
    deleted = cluster.path("state").asText().equals("DELETED");
    deletionTried = deleted;
    if (deleted) {
      isGone();
    } else {
      hasItsResources(cluster);
      use(admin);
    }
  }

  private List<String> possibleStates() {
    if (deleted) {
      return List.of("DELETED");
    }
    return deletionTried ? List.of("CREATED", "DELETED") : List.of("CREATED");
  }

  /** A creation without an answer may have happened; its name tells. */
  private Optional<String> find(ApiClient admin) {
    return admin.walk(CLUSTERS + "?show_inactive=true", "clusters", 100).stream()
        .filter(cluster -> cluster.path("name").asText().equals(name))
        .map(cluster -> cluster.path("id").asText())
        .findAny();
  }

  private JsonNode awaitRest(ApiClient admin) {
    return Await.until(
        () -> admin.get(path()).ok(),
        cluster -> !List.of("CREATING", "LOCKED").contains(cluster.path("state").asText()));
  }

  private void hasItsResources(JsonNode cluster) throws SQLException {
    JsonNode limits = cluster.path("config").path("serverless").path("usage_limits");
    int shown = limits.path("provisioned_virtual_cpus").asInt();
    assertThat(shown).isIn(cpus, cpusTried);
    cpus = shown;
    cpusTried = shown;
  }

  /** Works in the cluster as its user, who and whose data must be what they were. */
  private void use(ApiClient admin) {
    awaitService(admin);
    makeUser(admin);
    connectionString =
        admin
            .get(path() + "/connection-string?sql_user=" + USER)
            .ok()
            .path("connection_string")
            .asText();
    try (Sql session = open()) {
      session.run("CREATE TABLE IF NOT EXISTS kept (at timestamptz DEFAULT now())");
      assertThat(session.value("SELECT count(*) FROM kept")).isEqualTo("" + rows);
      assertThat(session.value("SHOW max_parallel_workers")).isEqualTo("" + cpus);
      session.run("INSERT INTO kept DEFAULT VALUES");
      rows++;
    } catch (SQLException e) {
      throw new AssertionError("cluster " + name + " does not serve", e);
    }
  }

  /** A session of its user. */
  Sql open() throws SQLException {
    return Sql.open(connectionString, password());
  }

  /** After a clean stop a cluster is there at once, but serves only when it has started again. */
  private void awaitService(ApiClient admin) {
    Await.until(() -> admin.get(path() + "/sql-users").status(), status -> status == 200);
  }

  private void makeUser(ApiClient admin) {
    if (!userMade) {
      var user = Map.of("name", USER, "password", password());
      assertThat(admin.post(path() + "/sql-users", user).status()).isIn(200, 409);
      userMade = true;
    }
  }

  private void isGone() {
    if (!connectionString.isEmpty()) {
      assertThatThrownBy(() -> open().close()).isInstanceOf(SQLException.class);
    }
  }

  private String password() {
    return "Password-of-" + name;
  }

  private String path() {
    return CLUSTERS + "/" + id.orElseThrow();
  }
}
