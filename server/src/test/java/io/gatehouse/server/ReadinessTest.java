package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Whoever is told that the server is ready can use it, and else learns what is missing. */
class ReadinessTest {
  private static final String CLUSTERS = "/api/v1/clusters";
  private static final String KEY =
      "CCDB1_0123456789abcdefghijkl_0123456789abcdefghijABCDEFGHIJklmnopqrst";

  @Test
  void before_the_first_organization_is_founded_no_key_works_and_the_server_is_not_ready() {
    try (TestServer server = TestServer.start(Map.of())) {
      ApiClient.Answer before = server.asNobody().get("/readyz");
      assertThat(before.status()).isEqualTo(503);
      assertThat(before.header("Retry-After")).hasValue("1");
      assertThat(before.header("Content-Type")).hasValue("application/json");
      assertThat(before.body().path("status").asText()).isEqualTo("not_ready");
      assertThat(check(before, "store").path("status").asText()).isEqualTo("ready");
      assertThat(check(before, "server").path("status").asText()).isEqualTo("ready");
      assertThat(check(before, "organization").path("status").asText()).isEqualTo("not_ready");
      assertThat(check(before, "organization").path("reason").asText())
          .isEqualTo("no organization is founded yet");

      TestOrganization organization = server.organization();

      Await.until(() -> server.asNobody().get("/readyz").status(), status -> status == 200);
      organization.admin().get(CLUSTERS).ok();
    }
  }

  @Test
  void as_soon_as_a_server_says_that_it_is_ready_the_operators_key_works_and_is_not_printed()
      throws IOException {
    int port = freePort();
    try (Product product = Product.create().with("port", port).with("admin-key", KEY)) {
      ApiClient admin = new ApiClient("http://127.0.0.1:" + port, Optional.of(Secret.of(KEY)));
      product.launch();
      Await.until(() -> isReady(admin), ready -> ready);

      admin.get(CLUSTERS).ok();
      Await.until(product::output, said -> said.contains("Keyset"));
      assertThat(product.output() + product.errors())
          .contains("Admin API key  as given by the setting 'admin-key'")
          .doesNotContain(KEY.substring(29));
    }
  }

  @Test
  void a_store_that_takes_no_changes_is_named_and_reading_goes_on() throws Exception {
    try (Product product = Product.create().start();
        Sql store = product.store()) {
      store.run("ALTER DATABASE gatehouse SET default_transaction_read_only = on");
      store.run(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'gatehouse'");

      ApiClient.Answer answer =
          Await.until(
              () -> product.asNobody().get("/readyz"),
              said -> said.body().path("status").asText().equals("degraded"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(check(answer, "store").path("reason").asText())
          .isEqualTo("the metadata store accepts no changes");
      product.admin().get(CLUSTERS).ok();
    }
  }

  private static boolean isReady(ApiClient client) {
    try {
      return client.get("/readyz").status() == 200;
    } catch (UncheckedIOException e) {
      return false; // it does not listen yet
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  static JsonNode check(ApiClient.Answer answer, String name) {
    return StreamSupport.stream(answer.body().path("checks").spliterator(), false)
        .filter(check -> check.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
