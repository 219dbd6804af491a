package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The first five minutes of the README and the worst minute after them, with the packaged product
 * as {@code ./gatehouse start} starts it.
 */
class TranscriptIT {
  private static final String CLUSTERS = "/api/v1/clusters";
  private static final Product PRODUCT =
      Product.create().byScript().with("rate-limit", 10); // as its users have it

  @BeforeAll
  static void start() {
    PRODUCT.start();
  }

  @AfterAll
  static void end() {
    PRODUCT.close();
  }

  @Test
  void from_the_printed_key_to_everyone_who_can_get_in() throws Exception {
    ApiClient admin = PRODUCT.admin();
    String id =
        admin
            .post(CLUSTERS, TestOrganization.standardCluster("notorious-moose"))
            .ok()
            .path("id")
            .asText();
    String users = CLUSTERS + "/" + id + "/sql-users";
    var user = Map.of("name", "maxroach", "password", "correct-horse-battery");
    Await.until(() -> admin.get(users).status(), status -> status == 200);
    inTurn(() -> admin.post(users, user));
    String connectionString =
        inTurn(() -> admin.get(CLUSTERS + "/" + id + "/connection-string?sql_user=maxroach"))
            .path("connection_string")
            .asText();
    try (Sql session = Sql.open(connectionString, "correct-horse-battery")) {
      assertThat(session.value("SELECT current_user")).isEqualTo("maxroach");
    }
    String account = linkItself(admin);

    JsonNode listed =
        inTurn(() -> admin.get("/unified/user-directory/users?integrated_account_id=" + account));

    assertThat(listed.path("next_cursor").isNull()).isTrue();
    assertThat(listed.path("result"))
        .extracting(one -> one.path("user_type").asText() + " " + one.path("name").asText())
        .containsExactly("service-account admin", "sql-user maxroach");
    assertThat(listed.path("result").get(1).path("remote_data").path("name").asText())
        .isEqualTo("maxroach");
    JsonNode clusters = inTurn(() -> admin.get("/proxy/clusters?integrated_account_id=" + account));
    assertThat(clusters.path("result").get(0).path("id").asText()).isEqualTo(id);
    JsonNode events =
        Await.until(
            () -> inTurn(() -> admin.get("/api/v1/auditlogevents")).path("entries"),
            shown -> shown.size() >= 5);
    assertThat(events)
        .extracting(event -> event.path("action").asText())
        .containsExactly(
            "AUDIT_LOG_ACTION_CREATE_SERVICE_ACCOUNT",
            "AUDIT_LOG_ACTION_CREATE_API_KEY",
            "AUDIT_LOG_ACTION_CREATE_CLUSTER",
            "AUDIT_LOG_ACTION_CREATE_SQL_USER",
            "AUDIT_LOG_ACTION_CREATE_INTEGRATED_ACCOUNT");
  }

  /** Links the organization as an account of its own. */
  private static String linkItself(ApiClient admin) {
    var context = Map.of("api_key", PRODUCT.adminKey().reveal(), "base_url", PRODUCT.url());
    var link =
        Map.of(
            "integration", "cockroachdbcloud",
            "tenant_id", "acme",
            "authentication_method", "api_key",
            "context", context);
    return inTurn(() -> admin.post("/integrated-account", link)).path("id").asText();
  }

  /** What is answered once the rate limit lets it through, as a client does that heeds it. */
  private static JsonNode inTurn(Supplier<ApiClient.Answer> request) {
    return Await.until(request, answer -> answer.status() != 429).ok();
  }

  @Test
  void killed_in_the_middle_of_creations_it_loses_nothing_and_leaves_nothing_over()
      throws Exception {
    try (Product product = Product.create().byScript().start()) {
      List<ClusterPromise> promises = new ArrayList<>();
      try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> creations = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          ClusterPromise promise = new ClusterPromise("in-the-middle-" + i);
          promises.add(promise);
          creations.add(
              clients.submit(
                  () -> ClusterPromise.untilKilled(() -> promise.create(product.admin()))));
        }
        Await.until(() -> product.clusters().toFile().list(), there -> there.length > 0);
        product.kill();
        for (Future<?> creation : creations) {
          creation.get();
        }
      }

      product.start();

      for (ClusterPromise promise : promises) {
        promise.isKept(product.admin());
      }
      Leftovers.areNone(product);
    }
  }
}
