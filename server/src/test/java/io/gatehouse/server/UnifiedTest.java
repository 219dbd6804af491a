package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.directory.account.IntegratedAccountOperations;
import io.gatehouse.directory.proxy.ProxyOperations;
import io.gatehouse.directory.unified.UnifiedOperations;
import io.gatehouse.platform.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The unified layer over this very server as its upstream, with the usual limit of requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnifiedTest {
  private final TestServer server = TestServer.start(Map.of("rate-limit", "10"));
  private final TestOrganization organization = server.organization();
  private final ApiClient caller =
      server.as(organization.account("ORG_ADMIN", "ORGANIZATION", organization.id()).key());
  private final TestOrganization.Account second =
      organization.account("ORG_ADMIN", "ORGANIZATION", organization.id());
  private String account = "";
  private String cluster = "";

  @BeforeAll
  void linkTheOrganizationToItself() {
    cluster = organization.cluster("linked-cluster");
    for (String user : List.of("maxroach", "carl", "craig")) {
      Await.until(
          () ->
              organization
                  .admin()
                  .post(
                      "/api/v1/clusters/" + cluster + "/sql-users",
                      Map.of("name", user, "password", "correct-horse-battery")),
          answer -> answer.status() == 200);
    }
    account = link(organization.founded().key().reveal()).ok().path("id").asText();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private ApiClient.Answer link(String key) {
    return caller.post(
        "/integrated-account",
        Map.of(
            "integration", "cockroachdbcloud",
            "tenant_id", "acme",
            "authentication_method", "api_key",
            "context", Map.of("api_key", key, "base_url", server.url())));
  }

  private JsonNode users(String query) {
    return Await.until(
            () ->
                caller.get(
                    "/unified/user-directory/users?integrated_account_id=" + account + query),
            answer -> answer.status() == 200)
        .ok();
  }

  @Test
  void sql_users_and_service_accounts_are_users_of_their_own_types() {
    JsonNode list = users("");

    assertThat(list.path("result_count").asInt()).isEqualTo(6);
    assertThat(list.path("next_cursor").isNull()).isTrue();
    assertThat(namesOf(list, "sql-user")).containsExactly("carl", "craig", "maxroach");
    assertThat(namesOf(list, "service-account")).hasSize(3).contains("admin");
    assertThat(list.path("result")).allMatch(user -> user.path("remote_data").has("name"));
  }

  private static List<String> namesOf(JsonNode list, String type) {
    List<String> names = new ArrayList<>();
    for (JsonNode user : list.path("result")) {
      if (user.path("user_type").asText().equals(type)) {
        names.add(user.path("name").asText());
      }
    }
    return names;
  }

  @Test
  void walks_with_small_pages_wait_out_the_limit_and_see_everyone_once() {
    ApiClient other = server.as(second.key());
    double before = upstreamCalls(other);
    for (int walk = 1; walk <= 3; walk++) {
      assertThat(walk(other, 1)).hasSize(6).doesNotHaveDuplicates();
    }
    assertThat(upstreamCalls(other) - before).isGreaterThan(20);
  }

  /**
   * The ids of all users; each page must be given at once, or rather as soon as the limit lets it.
   */
  private List<String> walk(ApiClient as, int limit) {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          as.get(
                  "/unified/user-directory/users?integrated_account_id=%s&limit=%d&next_cursor=%s"
                      .formatted(account, limit, cursor))
              .ok();
      page.path("result").forEach(user -> seen.add(user.path("id").asText()));
      cursor = page.path("next_cursor").isNull() ? "" : page.path("next_cursor").asText();
    } while (!cursor.isEmpty());
    return seen;
  }

  /** What this server counted as the upstream of such walks. */
  private static double upstreamCalls(ApiClient as) {
    return Pattern.compile(
            "gatehouse_requests_seconds_count\\{operation=\"(?:ListServiceAccounts|ListClusters"
                + "|ListSQLUsers)\",status=\"200\"} (\\S+)")
        .matcher(as.get("/metrics").response().body())
        .results()
        .mapToDouble(line -> Double.parseDouble(line.group(1)))
        .sum();
  }

  @Test
  void the_proxy_gives_the_upstreams_own_records() {
    JsonNode list =
        Await.until(
                () -> caller.get("/proxy/clusters?integrated_account_id=" + account),
                answer -> answer.status() == 200)
            .ok();

    assertThat(list.path("result").get(0).path("id").asText()).isEqualTo(cluster);
    assertThat(list.path("result").get(0).path("cockroach_version").asText()).startsWith("v");
  }

  @Test
  void answers_are_as_this_server_says_itself() {
    ApiDocument own = server.unifiedDocument();
    String of = "?integrated_account_id=" + account;
    Map<Operation<?, ?>, String> paths =
        Map.of(
            IntegratedAccountOperations.LIST, "/integrated-account",
            IntegratedAccountOperations.GET, "/integrated-account/" + account,
            UnifiedOperations.LIST_USERS, "/unified/user-directory/users" + of,
            ProxyOperations.LIST, "/proxy/clusters" + of);

    paths.forEach(
        (operation, path) -> {
          JsonNode answer = Await.until(() -> caller.get(path), one -> one.status() == 200).ok();
          assertThat(own.faults(operation, answer)).as(operation + ": " + answer).isEmpty();
        });
  }

  @Test
  void the_key_is_sealed_and_never_shown() {
    String secret = organization.founded().key().reveal().substring(29);

    String shown = caller.get("/integrated-account/" + account).response().body();
    String stored =
        server
            .installation()
            .store()
            .database()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select row_to_json(a)::text || encode(context, 'escape')"
                                + " || encode(credentials, 'escape')"
                                + " from directory.integrated_account a")
                        .mapTo(String.class)
                        .list()
                        .toString());

    assertThat(shown).contains("acme").doesNotContain(secret);
    assertThat(stored).contains("acme").doesNotContain(secret, server.url());
  }

  @Test
  void a_wrong_key_is_refused_as_the_upstream_refuses_it_and_nothing_is_stored() {
    ApiClient.Answer answer =
        Await.until(
            () -> link("CCDB1_0000000000000000000000_" + "0".repeat(40)),
            refused -> refused.status() != 429);

    assertThat(answer.body().path("truto_is_remote_error").asBoolean())
        .as(answer.response().body())
        .isTrue();
    assertThat(caller.get("/integrated-account").ok().path("result")).hasSize(1);
  }
}
