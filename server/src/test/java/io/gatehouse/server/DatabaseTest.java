package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.json.Json;
import io.gatehouse.server.TestOrganization.Account;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  private static final TestServer SERVER = TestServer.shared();
  private static final TestOrganization ORGANIZATION = SERVER.organization();
  private static final String CLUSTER = ORGANIZATION.cluster("databases");
  private static final String DATABASES = databases(CLUSTER);

  private final ApiClient admin = ORGANIZATION.admin();

  @BeforeAll
  static void makeSomeoneWhoFillsDatabases() {
    ORGANIZATION
        .admin()
        .post(
            "/api/v1/clusters/" + CLUSTER + "/sql-users",
            Map.of("name", "filler", "password", "filler"))
        .ok();
  }

  private static String databases(String clusterId) {
    return "/api/v1/clusters/" + clusterId + "/databases";
  }

  private static String database(String name) {
    return DATABASES + "/" + SqlSession.encode(name);
  }

  private void create(String name) {
    JsonNode made = admin.post(DATABASES, Map.of("name", name)).ok();
    assertThat(made.path("name").asText()).isEqualTo(name);
    assertThat(made.path("table_count").isTextual()).isTrue();
    assertThat(made.path("table_count").asText()).isEqualTo("0");
  }

  private List<JsonNode> listed() {
    return admin.walk(DATABASES, "databases", 100);
  }

  private List<String> names() {
    return listed().stream().map(shown -> shown.path("name").asText()).toList();
  }

  private JsonNode listed(String name) {
    return listed().stream()
        .filter(shown -> shown.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private SqlSession in(String database) throws SQLException {
    return SqlSession.open(admin, CLUSTER, database, "filler", "filler");
  }

  @Test
  void a_new_cluster_has_a_database_to_begin_with() {
    assertThat(names()).contains("defaultdb").doesNotContain("postgres", "template0", "template1");
  }

  @Test
  void databases_are_listed_by_the_bytes_of_their_names() {
    List.of("order-ä", "order-b", "order-B", "order-a").forEach(this::create);

    assertThat(names()).containsSubsequence("order-B", "order-a", "order-b", "order-ä");
  }

  @Test
  void tables_are_counted_as_they_are_and_the_number_is_a_text() throws Exception {
    create("shop");
    try (SqlSession session = in("shop")) {
      session.execute("create table customers (id int)");
      session.execute("create table orders (id int) partition by range (id)");
      session.execute("create table orders_old partition of orders for values from (0) to (9)");
      session.execute("create view names as select * from customers");
      session.execute("create schema archive create table orders (id int)");
    }
    assertThat(listed("shop").path("table_count")).isEqualTo(text("3"));

    JsonNode renamed = admin.patch(database("shop"), Map.of("new_name", "old shop")).ok();
    assertThat(renamed.path("table_count")).isEqualTo(text("3"));

    JsonNode dropped = admin.delete(database("old shop")).ok();
    assertThat(dropped.path("name").asText()).isEqualTo("old shop");
    assertThat(dropped.path("table_count")).isEqualTo(text("3"));
    assertThat(names()).doesNotContain("shop", "old shop");
  }

  private static JsonNode text(String text) {
    return Json.MAPPER.valueToTree(text);
  }

  @Test
  void a_renamed_database_keeps_its_data_by_either_form_of_patch() throws Exception {
    create("first");
    try (SqlSession session = in("first")) {
      session.execute("create table kept as select 7 as n");
    }

    JsonNode byPath = admin.patch(database("first"), Map.of("new_name", "second")).ok();
    assertThat(byPath.path("name").asText()).isEqualTo("second");
    JsonNode byBody = admin.patch(DATABASES, Map.of("name", "second", "new_name", "third")).ok();
    assertThat(byBody.path("name").asText()).isEqualTo("third");

    try (SqlSession session = in("third")) {
      assertThat(session.value("select n from kept")).isEqualTo("7");
    }
    assertThat(names()).contains("third").doesNotContain("first", "second");
  }

  @Test
  void a_path_says_more_than_a_body_about_which_database_is_meant() {
    create("in path");
    create("in body");

    admin.patch(database("in path"), Map.of("name", "in body", "new_name", "renamed")).ok();

    assertThat(names()).contains("renamed", "in body").doesNotContain("in path");
  }

  @Test
  void a_dropped_database_goes_while_clients_are_in_it() throws Exception {
    create("crowded");
    try (SqlSession session = in("crowded")) {
      admin.delete(database("crowded")).ok();

      assertThatThrownBy(() -> session.value("select 1")).isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(() -> in("crowded")).isInstanceOf(SQLException.class);
    create("crowded");
  }

  @Test
  void the_name_that_a_database_has_already_is_no_change() {
    create("same");
    String body = "{\"name\":\"same\",\"table_count\":\"0\"}";

    assertThat(admin.patch(database("same"), Map.of("new_name", "same")).ok()).hasToString(body);
    assertThat(admin.patch(DATABASES, Map.of("name", "same", "new_name", "same")).ok())
        .hasToString(body);
    admin.patch(database("absent"), Map.of("new_name", "absent")).isRefused(404, 5);
  }

  @Test
  void a_name_that_is_taken_is_refused() {
    create("taken");
    create("other");

    assertThat(admin.post(DATABASES, Map.of("name", "taken")).isRefused(409, 6).message())
        .isEqualTo("database 'taken' already exists");
    assertThat(
            admin.patch(database("other"), Map.of("new_name", "taken")).isRefused(409, 6).message())
        .isEqualTo("database 'taken' already exists");
    admin.patch(DATABASES, Map.of("name", "other", "new_name", "taken")).isRefused(409, 6);
    assertThat(names()).contains("taken", "other");
  }

  @Test
  void of_creations_of_the_same_name_at_once_exactly_one_wins() {
    List<Integer> statuses =
        AtOnce.send(
            Collections.nCopies(4, () -> admin.post(DATABASES, Map.of("name", "only one"))));

    assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409, 409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "postgres", "template0", "template1", "system", "two\nlines"})
  void a_database_that_is_not_there_or_not_the_callers_is_not_found(String name) {
    var change = Map.of("new_name", "found");

    assertThat(admin.delete(database(name)).isRefused(404, 5).message())
        .isEqualTo("database not found");
    admin.patch(database(name), change).isRefused(404, 5);
    admin.patch(DATABASES, Map.of("name", name, "new_name", "found")).isRefused(404, 5);
  }

  static List<String> hostileNames() {
    return List.of(
        "Robert'); DROP DATABASE defaultdb;--",
        "\"quoted\" back\\slash",
        "with  spaces, plus+plus",
        "../slash",
        "..",
        "percent%2Fpercent?name=other#here&there",
        "{name} :name <name> ? $1 🐘",
        "語".repeat(21));
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void any_name_that_a_person_can_read_works_everywhere(String name) throws Exception {
    create(name);
    assertThat(names()).contains(name);
    try (SqlSession session = in(name)) {
      assertThat(session.value("select current_database()")).isEqualTo(name);
    }

    admin.patch(database(name), Map.of("new_name", "tame")).ok();
    JsonNode back = admin.patch(DATABASES, Map.of("name", "tame", "new_name", name)).ok();
    assertThat(back.path("name").asText()).isEqualTo(name);

    assertThat(admin.delete(database(name)).ok().path("name").asText()).isEqualTo(name);
    admin.delete(database(name)).isRefused(404, 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "template0", "Template1", "system"})
  void a_reserved_name_is_refused(String name) {
    String rule = "'" + name + "' is a reserved name";

    assertThat(admin.post(DATABASES, Map.of("name", name)).isRefused(400, 3).message())
        .isEqualTo("invalid argument: name: " + rule);
    var rename = admin.patch(database("defaultdb"), Map.of("new_name", name));
    assertThat(rename.isRefused(400, 3).message()).isEqualTo("invalid argument: new_name: " + rule);
  }

  static List<String> impossibleNames() {
    return List.of("", "x".repeat(64), "語".repeat(22), "nul\0", "tab\tulator", " before", "after ");
  }

  @ParameterizedTest
  @MethodSource("impossibleNames")
  void a_name_that_cannot_be_is_refused_with_the_member_and_the_rule(String name) {
    assertThat(admin.post(DATABASES, Map.of("name", name)).isRefused(400, 3).message())
        .startsWith("invalid argument: name: must ");
    var rename = admin.patch(database("defaultdb"), Map.of("new_name", name));
    assertThat(rename.isRefused(400, 3).message()).startsWith("invalid argument: new_name: must ");
    assertThat(names()).contains("defaultdb");
  }

  @Test
  void names_must_be_given() {
    assertThat(admin.post(DATABASES, Map.of()).isRefused(400, 3).message())
        .isEqualTo("invalid argument: name: must not be null");
    assertThat(admin.patch(DATABASES, Map.of()).isRefused(400, 3).message())
        .isEqualTo("invalid argument: name: must not be null; new_name: must not be null");
  }

  @Test
  void in_a_cluster_that_is_being_created_everything_is_locked() {
    String inCreation = new ClusterRows(SERVER, CLUSTER).addInCreation("not-ready-yet");

    everyOperation(databases(inCreation))
        .forEach(answer -> assertThat(answer.isRefused(503, 14).message()).contains("is locked"));
  }

  @Test
  void in_a_cluster_that_is_being_changed_every_change_is_locked() {
    String databases = databases(new ClusterRows(SERVER, CLUSTER).addLocked("changed-for-ever"));

    assertThat(changes(databases))
        .allSatisfy(
            answer ->
                assertThat(answer.isRefused(503, 14).message())
                    .isEqualTo("the cluster is locked: being changed"));
  }

  @Test
  void an_unknown_cluster_has_no_databases() {
    everyOperation(databases(UUID.randomUUID().toString()))
        .forEach(
            answer ->
                assertThat(answer.isRefused(404, 5).message()).isEqualTo("cluster not found"));
  }

  private List<ApiClient.Answer> everyOperation(String databases) {
    List<ApiClient.Answer> answers = new ArrayList<>(changes(databases));
    answers.add(admin.get(databases));
    return answers;
  }

  private List<ApiClient.Answer> changes(String databases) {
    return List.of(
        admin.post(databases, Map.of("name", "anything")),
        admin.patch(databases, Map.of("name", "anything", "new_name", "something")),
        admin.patch(databases + "/anything", Map.of("new_name", "something")),
        admin.delete(databases + "/anything"));
  }

  @Test
  void an_operator_may_make_databases_and_a_developer_only_see_them() {
    Account operator = ORGANIZATION.account("CLUSTER_OPERATOR_WRITER", "CLUSTER", CLUSTER);
    Account developer = ORGANIZATION.account("CLUSTER_DEVELOPER", "CLUSTER", CLUSTER);

    SERVER.as(operator.key()).post(DATABASES, Map.of("name", "operated")).ok();
    SERVER.as(developer.key()).get(DATABASES).ok();
    SERVER.as(developer.key()).delete(database("operated")).isRefused(403, 7);

    assertThat(names()).contains("operated");
  }
}
