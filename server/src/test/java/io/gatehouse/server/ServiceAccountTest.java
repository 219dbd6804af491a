package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.json.Json;
import io.gatehouse.server.TestOrganization.Account;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAccountTest {
  private static final String ACCOUNTS = "/api/v1/service-accounts";
  private static final String ORGANIZATION = "ORGANIZATION";

  private final TestServer server = TestServer.shared();
  private final TestOrganization organization = server.organization();
  private final ApiClient admin = organization.admin();

  private static String account(String id) {
    return ACCOUNTS + "/" + id;
  }

  private JsonNode create(String name) {
    return admin.post(ACCOUNTS, Map.of("name", name, "description", "of a test")).ok();
  }

  private List<String> names() {
    return admin.walk(ACCOUNTS, "service_accounts", 100).stream()
        .map(shown -> shown.path("name").asText())
        .toList();
  }

  @Test
  void a_new_account_is_shown_whole() {
    Map<String, Object> role =
        Map.of("name", "BILLING_VIEWER", "resource", Map.of("type", ORGANIZATION, "id", ""));
    var body = Map.of("name", "Robot", "description", "vacuums", "roles", List.of(role));

    JsonNode made = admin.post(ACCOUNTS, body).ok();

    assertThat(made.path("name").asText()).isEqualTo("Robot");
    assertThat(made.path("description").asText()).isEqualTo("vacuums");
    assertThat(made.path("creator_name").asText()).isEqualTo("admin");
    assertThat(Instant.parse(made.path("created_at").asText())).isBefore(Instant.now());
    assertThat(made.path("roles"))
        .extracting(held -> held.path("name").asText())
        .containsExactlyInAnyOrder("ORG_MEMBER", "BILLING_VIEWER");
    assertThat(made.path("roles"))
        .extracting(held -> held.path("resource"))
        .containsOnly(Json.MAPPER.valueToTree(Map.of("type", ORGANIZATION)));
    assertThat(made.path("group_roles").isArray()).isTrue();
    assertThat(admin.get(account(made.path("id").asText())).ok()).isEqualTo(made);
    assertThat(admin.walk(ACCOUNTS, "service_accounts", 100)).contains(made);
  }

  @Test
  void whoever_makes_an_account_is_its_creator() {
    Account maker = organization.account("CLUSTER_ADMIN", ORGANIZATION, organization.id());

    JsonNode made = server.as(maker.key()).post(ACCOUNTS, Map.of("name", "Protégé")).ok();

    assertThat(made.path("creator_name").asText()).isEqualTo("CLUSTER_ADMIN on ORGANIZATION");
    assertThat(made.path("description").asText()).isEmpty();
  }

  @Test
  void accounts_are_listed_by_name_and_may_share_one() {
    List.of("zebra", "ape", "zebra").forEach(this::create);

    assertThat(names()).containsExactly("admin", "ape", "zebra", "zebra");
  }

  @Test
  void name_and_description_change_each_by_itself() {
    JsonNode made = create("before");
    String path = account(made.path("id").asText());

    JsonNode renamed = admin.patch(path, Map.of("name", "after")).ok();
    assertThat(renamed.path("name").asText()).isEqualTo("after");
    assertThat(renamed.path("description").asText()).isEqualTo("of a test");

    JsonNode described = admin.patch(path, Map.of("description", "")).ok();
    assertThat(described.path("name").asText()).isEqualTo("after");
    assertThat(described.path("description").asText()).isEmpty();
    assertThat(described.path("roles")).isEqualTo(made.path("roles"));
    assertThat(admin.get(path).ok()).isEqualTo(described);
  }

  @Test
  void a_deleted_account_is_shown_a_last_time_and_gone() {
    JsonNode made = create("leaving");
    String path = account(made.path("id").asText());

    assertThat(admin.delete(path).ok()).isEqualTo(made);

    admin.get(path).isRefused(404, 5);
    admin.patch(path, Map.of("name", "back")).isRefused(404, 5);
    admin.delete(path).isRefused(404, 5);
    assertThat(names()).containsExactly("admin");
  }

  @Test
  void unknown_foreign_and_malformed_ids_are_not_found_alike() {
    String foreign = server.organization().founded().serviceAccountId().toString();

    for (String id : List.of(UUID.randomUUID().toString(), foreign, "not-an-id", "%00")) {
      assertThat(admin.get(account(id)).isRefused(404, 5).message())
          .isEqualTo("service account not found");
      admin.patch(account(id), Map.of("name", "found")).isRefused(404, 5);
      admin.delete(account(id)).isRefused(404, 5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\n", "nul\0"})
  void a_name_that_cannot_be_seen_is_refused_when_it_is_given_and_when_it_is_changed(String name) {
    String path = account(create("visible").path("id").asText());

    for (var answer :
        List.of(
            admin.post(ACCOUNTS, Map.of("name", name)), admin.patch(path, Map.of("name", name)))) {
      assertThat(answer.isRefused(400, 3).message()).startsWith("invalid argument: name: must ");
    }
    assertThat(names()).containsExactly("admin", "visible");
  }

  @Test
  void a_name_has_at_most_100_characters_and_a_description_1000() {
    String path = account(create("x".repeat(100)).path("id").asText());
    admin.patch(path, Map.of("description", "y".repeat(1000))).ok();

    var tooLong = Map.of("name", "x".repeat(101), "description", "y".repeat(1001));
    for (var answer : List.of(admin.post(ACCOUNTS, tooLong), admin.patch(path, tooLong))) {
      assertThat(answer.isRefused(400, 3).message())
          .contains("description: must have at most 1000", "name: must have at most 100");
    }
  }

  @Test
  void a_description_may_have_lines_but_no_nul() {
    admin.post(ACCOUNTS, Map.of("name", "poet", "description", "two\nlines\t🐘")).ok();

    var nul = Map.of("name", "poet", "description", "no\0thing");
    assertThat(admin.post(ACCOUNTS, nul).isRefused(400, 3).message()).contains("description: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | name: must not be blank",
        "{\"name\":null} | name: must not be blank",
        "{\"name\":5} | name: must be a string",
        "{\"name\":\"x\",\"roles\":{}} | roles: must be a list",
        "{\"name\":\"x\",\"roles\":[{}]} | roles[0].name: must not be null",
        "{\"name\":\"x\",\"roles\":[{\"name\":\"ORG_ADMIN\"}]} | roles[0].resource: must not",
        "{\"name\":\"x\",\"roles\":[{\"name\":\"ORG_ADMIM\"}]} | did you mean 'ORG_ADMIN'",
        "{\"name\":\"x\",\"roles\":[{\"name\":\"cluster_admin\"}]} | did you mean 'CLUSTER_ADMIN'",
        "{\"name\":\"x\",\"roles\":[{\"name\":\"ROLE_ORG_ADMIN\"}]} | did you mean 'ORG_ADMIN'",
        "{\"name\":\"x\",\"roles\":[{\"name\":\"ORG_ADMIN\",\"name\":\"x\"}]} | the member 'name' twice",
      })
  void a_body_that_breaks_a_rule_is_refused_with_the_member_and_the_rule(
      String body, String message) {
    assertThat(admin.post(ACCOUNTS, body.strip()).isRefused(400, 3).message())
        .contains(message.strip());
    assertThat(names()).containsExactly("admin");
  }

  @Test
  void roles_may_be_null_as_the_members_of_other_lists() {
    Map<String, Object> body = new HashMap<>();
    body.put("name", "modest");
    body.put("description", null);
    body.put("roles", null);

    assertThat(admin.post(ACCOUNTS, body).ok().path("roles")).hasSize(1);
  }

  @Test
  void an_account_on_which_one_role_fails_is_not_made_at_all() {
    Map<String, Object> member =
        Map.of("name", "ORG_MEMBER", "resource", Map.of("type", ORGANIZATION, "id", ""));
    Map<String, Object> lost =
        Map.of("name", "CLUSTER_ADMIN", "resource", Map.of("type", "FOLDER", "id", nowhere()));

    admin.post(ACCOUNTS, Map.of("name", "x", "roles", List.of(member, lost))).isRefused(404, 5);

    assertThat(names()).containsExactly("admin");
  }

  private static String nowhere() {
    return UUID.randomUUID().toString();
  }

  @Test
  void a_changed_role_counts_at_the_very_next_request() {
    Account account = organization.account("BILLING_VIEWER", ORGANIZATION, organization.id());
    ApiClient client = server.as(account.key());
    String role = "/api/v1/roles/" + account.id() + "/ORGANIZATION//CLUSTER_ADMIN";

    for (int i = 0; i < 5; i++) {
      client.get(ACCOUNTS).isRefused(403, 7);
      admin.post(role, "").ok();
      client.get(ACCOUNTS).ok();
      admin.delete(role).ok();
    }
    client.get(ACCOUNTS).isRefused(403, 7);
  }

  @Test
  void a_deleted_account_is_nobody_at_the_very_next_request() {
    Account account = organization.account("ORG_ADMIN", ORGANIZATION, organization.id());
    ApiClient first = server.as(account.key());
    ApiClient second = server.as(organization.key(account.id()));
    first.get(ACCOUNTS).ok();
    second.get(ACCOUNTS).ok();

    admin.delete(account(account.id())).ok();

    first.get(ACCOUNTS).isRefused(401, 16);
    second.get(ACCOUNTS).isRefused(401, 16);
    JsonNode keys = admin.get("/api/v1/api-keys?service_account_id=" + account.id()).ok();
    assertThat(keys.path("api_keys")).isEmpty();
  }

  @Test
  void an_administrator_can_delete_itself_when_there_is_another() {
    Account account = organization.account("ORG_ADMIN", ORGANIZATION, organization.id());
    ApiClient client = server.as(account.key());

    client.delete(account(account.id())).ok();

    client.get(ACCOUNTS).isRefused(401, 16);
  }

  @Test
  void a_renamed_account_has_its_new_name_in_the_audit_log_at_once() {
    Account account = organization.account("ORG_ADMIN", ORGANIZATION, organization.id());
    ApiClient client = server.as(account.key());
    client.get(ACCOUNTS).ok();
    admin.patch(account(account.id()), Map.of("name", "Renamed")).ok();

    client.post("/api/v1/folders", Map.of("name", "A folder")).ok();

    assertThat(
            Await.until(
                () -> admin.get("/api/v1/auditlogevents?limit=1000").ok().path("entries"),
                events -> events.toString().contains("A folder")))
        .last()
        .extracting(entry -> entry.path("service_account_name").asText())
        .isEqualTo("Renamed");
  }
}
