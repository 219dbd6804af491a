package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.TestOrganization.Account;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlUserTest {
  private static final TestServer SERVER = TestServer.shared();
  private static final TestOrganization ORGANIZATION = SERVER.organization();
  private static final String CLUSTER = ORGANIZATION.cluster("sql-users");
  private static final String USERS = users(CLUSTER);
  private static final String PASSWORD = "correct horse battery staple";

  private final ApiClient admin = ORGANIZATION.admin();

  private static String users(String clusterId) {
    return "/api/v1/clusters/" + clusterId + "/sql-users";
  }

  private static String user(String name) {
    return USERS + "/" + SqlSession.encode(name);
  }

  private static Map<String, String> body(String name) {
    return Map.of("name", name, "password", PASSWORD);
  }

  private void create(String name) {
    assertThat(admin.post(USERS, body(name)).ok().path("name").asText()).isEqualTo(name);
  }

  private List<String> names() {
    return admin.walk(USERS, "users", 100).stream()
        .map(listed -> listed.path("name").asText())
        .toList();
  }

  private SqlSession login(String name, String password) throws SQLException {
    return SqlSession.open(admin, CLUSTER, "defaultdb", name, password);
  }

  private void cannotLogIn(String name, String password) {
    assertThatThrownBy(() -> login(name, password).close())
        .isInstanceOfSatisfying(
            SQLException.class, refused -> assertThat(refused.getSQLState()).startsWith("28"));
  }

  @Test
  void a_new_user_works_in_a_session_with_the_connection_string_and_its_password()
      throws Exception {
    create("fresh");

    try (SqlSession session = login("fresh", PASSWORD)) {
      session.execute("create table made_by_fresh (n int)");
      session.execute("insert into made_by_fresh values (5)");

      assertThat(session.value("select current_user")).isEqualTo("fresh");
      assertThat(session.value("select n from made_by_fresh")).isEqualTo("5");
    }
  }

  @Test
  void a_new_user_administers_the_cluster() throws Exception {
    create("chief");

    try (SqlSession session = login("chief", PASSWORD)) {
      assertThat(session.value("select pg_has_role('admin', 'usage')")).isEqualTo("t");
      assertThat(session.value("select rolsuper from pg_roles where rolname = current_user"))
          .isEqualTo("f");
      session.execute("create role helper login");
    }
    assertThat(names()).contains("helper");
  }

  @Test
  void the_api_recovers_by_itself_from_users_who_renamed_the_role_of_the_administrators()
      throws Exception {
    create("renamer");
    try (SqlSession session = login("renamer", PASSWORD)) {
      session.execute("alter role admin rename to adminx");

      create("made after it");
      session.execute("alter role admin rename to adminy");
      admin.post("/api/v1/clusters/" + CLUSTER + "/databases", Map.of("name", "after it")).ok();

      assertThat(session.value("select pg_has_role('made after it', 'admin', 'usage')"))
          .isEqualTo("t");
    }
  }

  @Test
  void users_are_listed_by_the_bytes_of_their_names() {
    List.of("order-ä", "order-b", "order-C", "order-a").forEach(this::create);

    assertThat(names()).containsSubsequence("order-C", "order-a", "order-b", "order-ä");
    assertThat(names()).doesNotContain("admin", "gatehouse", "postgres");
  }

  @Test
  void a_name_that_is_taken_is_refused_and_its_user_stays_as_it_is() throws Exception {
    create("taken");

    var answer = admin.post(USERS, Map.of("name", "taken", "password", "another"));

    assertThat(answer.isRefused(409, 6).message()).isEqualTo("SQL user 'taken' already exists");
    cannotLogIn("taken", "another");
    login("taken", PASSWORD).close();
  }

  @Test
  void of_creations_of_the_same_name_at_once_exactly_one_wins() {
    List<Integer> statuses =
        AtOnce.send(Collections.nCopies(4, () -> admin.post(USERS, body("only one"))));

    assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409, 409);
  }

  @Test
  void a_changed_password_takes_the_place_of_the_old_one() throws Exception {
    create("changing");

    var changed = admin.put(user("changing") + "/password", Map.of("password", "no more staples"));

    assertThat(changed.ok().path("name").asText()).isEqualTo("changing");
    cannotLogIn("changing", PASSWORD);
    login("changing", "no more staples").close();
  }

  @Test
  void a_deleted_user_loses_its_session_and_its_login_but_not_its_work() throws Exception {
    create("leaving");
    create("staying");
    try (SqlSession session = login("leaving", PASSWORD)) {
      session.execute("create table left_behind (n int)");

      assertThat(admin.delete(user("leaving")).ok().path("name").asText()).isEqualTo("leaving");

      assertThatThrownBy(() -> session.value("select 1")).isInstanceOf(SQLException.class);
    }
    cannotLogIn("leaving", PASSWORD);
    assertThat(names()).doesNotContain("leaving").contains("staying");
    try (SqlSession session = login("staying", PASSWORD)) {
      assertThat(session.value("select count(*) from left_behind")).isEqualTo("0");
    }
  }

  @Test
  void the_name_of_a_deleted_user_is_free_again() throws Exception {
    create("phoenix");
    admin.delete(user("phoenix")).ok();

    create("phoenix");

    login("phoenix", PASSWORD).close();
  }

  @Test
  void who_is_not_there_is_not_found() {
    var change = Map.of("password", PASSWORD);
    for (String name : List.of("nobody", "gatehouse", "admin", "pg_monitor", "", "nul\0", "x\n")) {
      admin.delete(user(name)).isRefused(404, 5);
      admin.put(user(name) + "/password", change).isRefused(404, 5);
    }
    assertThat(admin.delete(user("nobody")).message()).isEqualTo("SQL user not found");
  }

  static List<String> hostileNames() {
    return List.of(
        "Robert'); DROP ROLE admin;--",
        "\"quoted\"",
        "; drop database defaultdb",
        "back\\slash",
        "with  spaces",
        "slash/inside",
        "../../databases",
        "..",
        ".",
        "percent%2Fpercent",
        "plus+plus",
        "question?name=other#here&there",
        "semicolon;parameter=1",
        "$$dollar$$ $1",
        "{name} :name <name> ?",
        "current_user",
        "SELECT",
        "123",
        "ünïcødé",
        "日本語",
        "🐘",
        "x".repeat(63),
        "語".repeat(21));
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void any_name_that_a_person_can_read_works_everywhere(String name) throws Exception {
    create(name);
    assertThat(names()).contains(name);
    login(name, PASSWORD).close();

    var changed = admin.put(user(name) + "/password", Map.of("password", "changed"));
    assertThat(changed.ok().path("name").asText()).isEqualTo(name);
    try (SqlSession session = login(name, "changed")) {
      assertThat(session.value("select current_user")).isEqualTo(name);
    }

    assertThat(admin.delete(user(name)).ok().path("name").asText()).isEqualTo(name);
    assertThat(names()).doesNotContain(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin",
        "root",
        "postgres",
        "pg_x",
        "PG_Read_All_Data",
        "Admin",
        "public",
        "none",
        "gatehouse",
        "node",
        "crdb_internal"
      })
  void a_reserved_name_is_refused(String name) {
    assertThat(admin.post(USERS, body(name)).isRefused(400, 3).message())
        .isEqualTo("invalid argument: name: '" + name + "' is a reserved name");
  }

  static List<String> namesOfWrongLength() {
    return List.of("", "x".repeat(64), "語".repeat(21) + "x");
  }

  @ParameterizedTest
  @MethodSource("namesOfWrongLength")
  void a_name_of_less_than_1_or_more_than_63_bytes_is_refused(String name) {
    assertThat(admin.post(USERS, body(name)).isRefused(400, 3).message())
        .isEqualTo("invalid argument: name: must have 1 to 63 bytes in UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nul\0", "line\nfeed", "\u202Etfel ot thgir", " before", "after "})
  void a_name_that_nobody_can_tell_from_another_is_refused(String name) {
    assertThat(admin.post(USERS, body(name)).isRefused(400, 3).message())
        .startsWith("invalid argument: name: must not have ");
    assertThat(names()).doesNotContain(name);
  }

  @Test
  void half_a_character_is_no_name() {
    var answer = admin.post(USERS, "{\"name\":\"half \\ud83d\",\"password\":\"secret\"}");

    assertThat(answer.isRefused(400, 3).message()).contains("name: ", "half of a surrogate pair");
  }

  @Test
  void a_password_has_1_to_256_characters() {
    Map<String, String> nothing = new HashMap<>();
    nothing.put("name", "unguarded");
    nothing.put("password", null);
    assertThat(admin.post(USERS, nothing).isRefused(400, 3).message())
        .isEqualTo("invalid argument: password: must not be null");
    for (String password : List.of("", "x".repeat(257), "nul\0")) {
      var body = Map.of("name", "unguarded", "password", password);
      assertThat(admin.post(USERS, body).isRefused(400, 3).message())
          .startsWith("invalid argument: password: must ");
    }
    assertThat(names()).doesNotContain("unguarded");
  }

  @Test
  void a_password_stands_in_no_answer_and_no_audit_event() {
    String password = "Tr0ub4dor&3";
    Map<String, String> wrongName = Map.of("name", "pg_secretive", "password", password);
    List<ApiClient.Answer> answers = new ArrayList<>();
    answers.add(admin.post(USERS, Map.of("name", "secretive", "password", password)));
    answers.add(admin.post(USERS, Map.of("name", "secretive", "password", password)));
    answers.add(admin.post(USERS, wrongName));
    answers.add(admin.post(USERS, Map.of("name", 5, "password", password)));
    answers.add(admin.post(USERS, Map.of("name", "secretive", "password", List.of(password))));
    answers.add(admin.post(USERS, "{\"password\":\"" + password + "\","));
    answers.add(admin.put(user("secretive") + "/password", Map.of("password", password)));
    answers.add(admin.put(user("nobody") + "/password", Map.of("password", password)));
    answers.add(admin.get(USERS));
    answers.add(admin.delete(user("secretive")));
    answers.add(
        Await.until(
            () -> admin.get("/api/v1/auditlogevents?limit=1000"),
            log -> log.response().body().matches("(?s).*_DELETE_SQL_USER.*secretive.*")));

    assertThat(answers.getLast().response().body())
        .contains("secretive", "AUDIT_LOG_ACTION_CHANGE_SQL_USER_PASSWORD");
    assertThat(answers).noneMatch(answer -> answer.response().body().contains("Tr0ub4dor"));
  }

  @Test
  void in_a_cluster_that_is_being_created_everything_is_locked() {
    String inCreation = new ClusterRows(SERVER, CLUSTER).addInCreation("not-ready-yet");

    everyOperation(users(inCreation))
        .forEach(answer -> assertThat(answer.isRefused(503, 14).message()).contains("is locked"));
  }

  @Test
  void a_cluster_that_is_unknown_foreign_or_gone_has_no_users() {
    String foreign = SERVER.organization().clusterInCreation("foreign-cluster");
    String gone =
        new ClusterRows(SERVER, CLUSTER).addDeleted("gone-cluster", Instant.now(), Instant.now());

    for (String id : List.of(UUID.randomUUID().toString(), foreign, gone, "not-an-id")) {
      everyOperation(users(id))
          .forEach(
              answer ->
                  assertThat(answer.isRefused(404, 5).message()).isEqualTo("cluster not found"));
    }
  }

  private List<ApiClient.Answer> everyOperation(String users) {
    return List.of(
        admin.get(users),
        admin.post(users, body("anyone")),
        admin.put(users + "/anyone/password", Map.of("password", PASSWORD)),
        admin.delete(users + "/anyone"));
  }

  @Test
  void a_developer_may_see_the_users_but_not_change_them() {
    Account developer = ORGANIZATION.account("CLUSTER_DEVELOPER", "CLUSTER", CLUSTER);
    ApiClient client = SERVER.as(developer.key());

    client.get(USERS).ok();
    client.post(USERS, body("smuggled")).isRefused(403, 7);
    client.delete(user("anyone")).isRefused(403, 7);

    assertThat(names()).doesNotContain("smuggled");
  }
}
