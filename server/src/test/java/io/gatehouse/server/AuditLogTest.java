package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.access.ResourceType;
import io.gatehouse.platform.access.Role;
import io.gatehouse.platform.json.Json;
import io.gatehouse.server.TestOrganization.Account;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogTest {
  private static final String EVENTS = "/api/v1/auditlogevents";
  private static final String CLUSTERS = "/api/v1/clusters";
  private static final String ACCOUNTS = "/api/v1/service-accounts";
  private static final String FOLDERS = "/api/v1/folders";
  private static final String KEYS = "/api/v1/api-keys";

  private final TestServer server = TestServer.shared();
  private final TestOrganization organization = server.organization();
  private final ApiClient admin = organization.admin();
  private final AuditRows rows = new AuditRows(server, organization);

  /** What was recorded when the organization was founded is for one test only. */
  @BeforeEach
  void forgetTheFounding() {
    rows.clear();
  }

  @Test
  void who_may_do_everything_from_the_beginning_stands_there_too() {
    TestOrganization founded = server.organization();
    new AuditRows(server, founded).age();

    List<JsonNode> events = entries(founded.admin().get(EVENTS).ok());

    assertThat(events)
        .extracting(event -> event.path("action").asText())
        .containsExactly(action("CREATE_SERVICE_ACCOUNT"), action("CREATE_API_KEY"));
    assertThat(events)
        .extracting(event -> event.path("system_actor_name").asText())
        .containsOnly("SYSTEM_ACTOR_NAME_SYSTEM");
  }

  private List<JsonNode> events() {
    rows.age();
    return entries(admin.get(EVENTS + "?limit=1000").ok());
  }

  private static List<JsonNode> entries(JsonNode page) {
    List<JsonNode> entries = new ArrayList<>();
    page.path("entries").forEach(entries::add);
    return entries;
  }

  private JsonNode lastEvent() {
    rows.age();
    return admin.get(EVENTS + "?sort_order=DESC&limit=1").ok().path("entries").path(0);
  }

  private static String action(String action) {
    return "AUDIT_LOG_ACTION_" + action;
  }

  private static JsonNode payload(JsonNode event) {
    assertThat(event.path("payload").isTextual()).isTrue();
    return Json.read(event.path("payload").asText(), JsonNode.class);
  }

  /** Does things one after the other and remembers which event each is to leave. */
  private static final class Deeds {
    private final List<String> actions = new ArrayList<>();

    String done(String action, Supplier<ApiClient.Answer> deed, String... pathToResult) {
      JsonNode result = deed.get().ok();
      actions.add(action(action));
      for (String member : pathToResult) {
        result = result.path(member);
      }
      return result.asText();
    }
  }

  @Test
  void everything_that_is_changed_leaves_exactly_one_event() {
    Deeds deeds = new Deeds();
    doEverythingToACluster(deeds);
    doEverythingElse(deeds);
    Stream.of(CLUSTERS, ACCOUNTS, FOLDERS, KEYS, EVENTS, "/api/v1/roles", "/api/v1/organization")
        .forEach(path -> admin.get(path).ok());

    List<JsonNode> events = events();

    assertThat(events)
        .extracting(event -> event.path("action").asText())
        .containsExactlyElementsOf(deeds.actions);
    assertThat(events).extracting(event -> event.path("error").asText()).containsOnly("");
    assertThat(events).extracting(event -> event.path("id").asText()).doesNotHaveDuplicates();
    assertThat(events).allSatisfy(event -> assertThat(payload(event).isObject()).isTrue());
    assertThat(Json.write(events)).doesNotContain("pass-word");
  }

  private void doEverythingToACluster(Deeds deeds) {
    var body = TestOrganization.standardCluster("audited-cluster");
    String id = deeds.done("CREATE_CLUSTER", () -> admin.post(CLUSTERS, body), "id");
    organization.awaitState(id, "CREATED");
    String cluster = CLUSTERS + "/" + id;
    String users = cluster + "/sql-users";
    String databases = cluster + "/databases";
    var labels = Map.of("labels", Map.of("a", "b"));

    deeds.done("UPDATE_CLUSTER", () -> admin.patch(cluster, labels));
    deeds.done(
        "CREATE_SQL_USER",
        () -> admin.post(users, Map.of("name", "someone", "password", "pass-word")));
    deeds.done(
        "CHANGE_SQL_USER_PASSWORD",
        () -> admin.put(users + "/someone/password", Map.of("password", "new-pass-word")));
    deeds.done("DELETE_SQL_USER", () -> admin.delete(users + "/someone"));
    deeds.done("UPDATE_CLUSTER", () -> admin.post(databases, Map.of("name", "one")));
    deeds.done("UPDATE_CLUSTER", () -> admin.patch(databases + "/one", Map.of("new_name", "two")));
    deeds.done(
        "UPDATE_CLUSTER", () -> admin.patch(databases, Map.of("name", "two", "new_name", "three")));
    deeds.done("UPDATE_CLUSTER", () -> admin.delete(databases + "/three"));
    deeds.done("DELETE_CLUSTER", () -> admin.delete(cluster));
  }

  private void doEverythingElse(Deeds deeds) {
    String folder =
        deeds.done(
            "CREATE_FOLDER", () -> admin.post(FOLDERS, Map.of("name", "Folder")), "resource_id");
    deeds.done(
        "UPDATE_FOLDER", () -> admin.patch(FOLDERS + "/" + folder, Map.of("name", "Renamed")));
    String account =
        deeds.done("CREATE_SERVICE_ACCOUNT", () -> admin.post(ACCOUNTS, Map.of("name", "x")), "id");
    deeds.done(
        "UPDATE_SERVICE_ACCOUNT", () -> admin.patch(ACCOUNTS + "/" + account, Map.of("name", "y")));
    var keyBody = Map.of("name", "k", "service_account_id", account);
    String key = deeds.done("CREATE_API_KEY", () -> admin.post(KEYS, keyBody), "api_key", "id");
    deeds.done("UPDATE_API_KEY", () -> admin.patch(KEYS + "/" + key, Map.of("name", "l")));
    deeds.done("DELETE_API_KEY", () -> admin.delete(KEYS + "/" + key));
    String roles = "/api/v1/roles/" + account;
    String role = roles + "/FOLDER/" + folder + "/FOLDER_MOVER";
    deeds.done("ADD_USER_TO_ROLE", () -> admin.post(role, ""));
    deeds.done("REMOVE_USER_FROM_ROLE", () -> admin.delete(role));
    deeds.done("ASSIGN_USER_ROLE", () -> admin.put(roles, Map.of("roles", List.of())));
    deeds.done("DELETE_FOLDER", () -> admin.delete(FOLDERS + "/" + folder));
    deeds.done("DELETE_SERVICE_ACCOUNT", () -> admin.delete(ACCOUNTS + "/" + account));
  }

  @Test
  void an_event_tells_who_did_what_to_what_from_where_and_when() {
    ApiClient.Answer answer = admin.post(CLUSTERS, TestOrganization.standardCluster("told-about"));

    JsonNode event =
        Await.until(() -> admin.get(EVENTS).ok(), page -> !page.path("entries").isEmpty())
            .path("entries")
            .path(0);

    answer.ok();
    assertThat(event.path("action").asText()).isEqualTo(action("CREATE_CLUSTER"));
    assertThat(event.path("service_account_name").asText()).isEqualTo("admin");
    assertThat(event.path("user_email").asText()).isEmpty();
    assertThat(event.path("source").asText()).isEqualTo("AUDIT_LOG_SOURCE_CC_API");
    assertThat(event.path("cluster_id")).isEqualTo(answer.body().path("id"));
    assertThat(event.path("cluster_name").asText()).isEqualTo("told-about");
    assertThat(event.path("metadata").path("ip_address").asText()).isEqualTo("127.0.0.1");
    assertThat(event.path("trace_id").asText()).isEqualTo(answer.header("Cc-Trace-Id").orElse("-"));
    Instant made = Instant.parse(answer.body().path("created_at").asText());
    assertThat(Instant.parse(event.path("created_at").asText()))
        .isBetween(made, made.plusSeconds(10));
    assertThat(event.path("error").asText()).isEmpty();
    assertThat(event.has("system_actor_name")).isFalse();
    assertThat(payload(event).path("service_account_id").asText())
        .isEqualTo(organization.founded().serviceAccountId().toString());
    assertThat(payload(event).path("plan").asText()).isEqualTo("STANDARD");
  }

  @Test
  void what_a_role_was_given_on_stands_in_the_payload() {
    String folder = organization.folder("Folder", "root");
    Account account = organization.account("FOLDER_MOVER", "FOLDER", folder);
    admin.post("/api/v1/roles/" + account.id() + "/FOLDER/" + folder + "/FOLDER_ADMIN", "").ok();

    JsonNode payload = payload(lastEvent());

    assertThat(payload.path("user_id").asText()).isEqualTo(account.id());
    assertThat(payload.path("roles").toString()).contains(folder, "FOLDER_ADMIN", "FOLDER_MOVER");
  }

  @Test
  void attempts_that_failed_stand_there_with_their_error() {
    String cluster = organization.clusterInCreation("well-guarded");
    String users = CLUSTERS + "/" + cluster + "/sql-users";
    String missing = UUID.randomUUID().toString();
    int before = events().size();

    Map<Supplier<ApiClient.Answer>, String> attempts = new LinkedHashMap<>();
    attempts.put(() -> admin.delete(CLUSTERS + "/" + missing), "cluster not found");
    attempts.put(
        () -> admin.post(CLUSTERS, TestOrganization.standardCluster("well-guarded")),
        "cluster 'well-guarded' already exists");
    attempts.put(
        () -> admin.post(users, Map.of("name", "root", "password", "pass-word")),
        "invalid argument: name: 'root' is a reserved name");
    attempts.put(
        () -> admin.post(FOLDERS, Map.of("name", "x", "parent_id", "nowhere")),
        "invalid argument: name: must have 3 to 40");
    attempts.forEach(
        (attempt, error) -> {
          ApiClient.Answer answer = attempt.get();
          assertThat(answer.message()).startsWith(error);
          JsonNode event = lastEvent();
          assertThat(event.path("error").asText()).isEqualTo(answer.message());
          assertThat(event.path("trace_id").asText())
              .isEqualTo(answer.header("Cc-Trace-Id").orElse("-"));
        });

    List<JsonNode> events = events().subList(before, before + attempts.size());
    assertThat(events().size()).isEqualTo(before + attempts.size());
    assertThat(events.getFirst().path("action").asText()).isEqualTo(action("DELETE_CLUSTER"));
    assertThat(payload(events.getFirst()).path("path").path("cluster_id").asText())
        .isEqualTo(missing);
    assertThat(Json.write(events)).doesNotContain("pass-word");
  }

  @Test
  void what_failed_in_the_database_of_a_cluster_leaves_one_event_too() {
    String cluster = organization.cluster("sql-cluster");
    String databases = CLUSTERS + "/" + cluster + "/databases";
    int before = events().size();

    admin.post(databases, Map.of("name", "defaultdb")).isRefused(409, 6);
    admin.delete(databases + "/missing").isRefused(404, 5);

    assertThat(events().subList(before, events().size()))
        .extracting(event -> event.path("error").asText())
        .containsExactly("database 'defaultdb' already exists", "database not found");
    assertThat(lastEvent().path("cluster_name").asText()).isEqualTo("sql-cluster");
    assertThat(payload(lastEvent()).path("database").asText()).isEqualTo("missing");
  }

  @Test
  void what_is_not_even_understood_leaves_nothing() {
    admin.post(FOLDERS, "not json").isRefused(400, 3);
    admin.post(FOLDERS, Map.of("name", 5)).isRefused(400, 3);

    assertThat(events()).isEmpty();
  }

  @Test
  void an_organization_sees_its_own_events_only() {
    organization.folder("Folder", "root");

    TestOrganization other = server.organization();
    new AuditRows(server, other).age();
    assertThat(other.admin().get(EVENTS).response().body())
        .contains("CREATE_API_KEY")
        .doesNotContain("CREATE_FOLDER");
    assertThat(events()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=1001",
        "limit=99999999999",
        "limit=many",
        "limit=1.5",
        "sort_order=UP",
        "starting_from=yesterday",
        "starting_from=1700000000",
        "starting_from=2026-01-01",
      })
  void parameters_that_make_no_sense_are_refused_by_name(String parameter) {
    String name = parameter.substring(0, parameter.indexOf('='));

    assertThat(admin.get(EVENTS + "?" + parameter).isRefused(400, 3).message())
        .startsWith("invalid argument: " + name + ": ");
  }

  @Test
  void only_administrators_of_the_organization_or_of_all_its_clusters_may_read_it() {
    String folder = organization.folder("Folder", "root");
    for (Role role : Role.values()) {
      boolean may = role == Role.ORG_ADMIN || role == Role.CLUSTER_ADMIN;
      assertThat(readAs(role, "ORGANIZATION", organization.id()))
          .as(role.name())
          .isEqualTo(may ? 200 : 403);
      if (role.grantableOn().contains(ResourceType.FOLDER)) {
        assertThat(readAs(role, "FOLDER", folder)).as(role.name()).isEqualTo(403);
      }
    }
  }

  private int readAs(Role role, String type, String id) {
    return server.as(organization.account(role.name(), type, id).key()).get(EVENTS).status();
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999999", "%2B300000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z"})
  void a_time_that_no_calendar_has_is_refused(String time) {
    assertThat(admin.get(EVENTS + "?starting_from=" + time).isRefused(400, 3).message())
        .contains("starting_from");
  }
}
