package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.server.TestOrganization.Account;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleTest {
  private static final String ROLES = "/api/v1/roles";
  private static final String ACCOUNTS = "/api/v1/service-accounts";
  private static final String CLUSTERS = "/api/v1/clusters";

  private static final TestServer SERVER = TestServer.shared();
  private static final TestOrganization ORGANIZATION = SERVER.organization();
  private static final ApiClient ADMIN = ORGANIZATION.admin();
  private static final String OUTER = ORGANIZATION.folder("Outer", "root");
  private static final String INNER = ORGANIZATION.folder("Inner", OUTER);
  private static final String INSIDE = PlacedClusters.create(ADMIN, "inside-inner", INNER);
  private static final String OUTSIDE = PlacedClusters.create(ADMIN, "outside-of-all", "root");

  /** A role on one of the places of this test, by the place's name. */
  record Held(String role, String place) {
    String type() {
      return switch (place) {
        case "organization" -> "ORGANIZATION";
        case "outer", "inner" -> "FOLDER";
        default -> "CLUSTER";
      };
    }

    String id() {
      return switch (place) {
        case "organization" -> ORGANIZATION.id();
        case "outer" -> OUTER;
        case "inner" -> INNER;
        case "inside" -> INSIDE;
        case "outside" -> OUTSIDE;
        default -> throw new IllegalArgumentException(place);
      };
    }

    Account account() {
      return ORGANIZATION.account(role, type(), id());
    }

    Map<String, Object> json() {
      return Map.of("name", role, "resource", Map.of("type", type(), "id", id()));
    }

    String of(String userId) {
      return "%s/%s/%s/%s/%s".formatted(ROLES, userId, type(), id(), role);
    }

    String shown() {
      return role + " on " + (place.equals("organization") ? "" : id());
    }
  }

  private static final Held MEMBERSHIP = new Held("ORG_MEMBER", "organization");

  private static List<String> shown(JsonNode answer) {
    List<String> roles = new ArrayList<>();
    answer
        .path("roles")
        .forEach(
            role ->
                roles.add(
                    role.path("name").asText()
                        + " on "
                        + role.path("resource").path("id").asText()));
    return roles;
  }

  private static List<String> rolesOf(String userId) {
    return shown(ADMIN.get(ROLES + "/" + userId).ok());
  }

  private static String nobody() {
    return ADMIN
        .post(ACCOUNTS, Map.of("name", "nobody special", "description", "", "roles", List.of()))
        .ok()
        .path("id")
        .asText();
  }

  @ParameterizedTest
  @CsvSource({
    "organization, true, true, true",
    "outer, true, true, false",
    "inner, true, false, false",
    "inside, true, false, false",
    "outside, false, false, true",
  })
  void a_role_reaches_down_and_not_up_or_aside(
      String place, boolean inside, boolean outer, boolean outside) {
    ApiClient client = SERVER.as(new Held("CLUSTER_MONITOR", place).account().key());

    assertThat(client.get(CLUSTERS + "/" + INSIDE).status()).isEqualTo(inside ? 200 : 403);
    assertThat(client.get("/api/v1/folders/" + OUTER).status()).isEqualTo(outer ? 200 : 403);
    assertThat(client.get(CLUSTERS + "/" + OUTSIDE).status()).isEqualTo(outside ? 200 : 403);
  }

  @Test
  void a_role_on_the_organization_is_given_and_taken_by_a_path_with_an_empty_segment() {
    Account account = new Held("CLUSTER_MONITOR", "inside").account();
    String path = ROLES + "/" + account.id() + "/ORGANIZATION//ORG_ADMIN";
    ApiClient client = SERVER.as(account.key());
    client.get(ACCOUNTS).isRefused(403, 7);

    assertThat(shown(ADMIN.post(path, "").ok())).contains("ORG_ADMIN on ");
    client.get(ACCOUNTS).ok();

    assertThat(shown(ADMIN.delete(path).ok())).doesNotContain("ORG_ADMIN on ");
    client.get(ACCOUNTS).isRefused(403, 7);
  }

  @Test
  void roles_are_replaced_as_a_whole() {
    Account account = new Held("CLUSTER_MONITOR", "inside").account();
    Held developer = new Held("CLUSTER_DEVELOPER", "outer");
    Held mover = new Held("FOLDER_MOVER", "inner");

    var roles = List.of(mover.json(), developer.json(), mover.json());
    JsonNode answer = ADMIN.put(ROLES + "/" + account.id(), Map.of("roles", roles)).ok();

    assertThat(shown(answer)).containsExactlyInAnyOrder(developer.shown(), mover.shown());
    assertThat(answer.path("group_roles").isArray()).isTrue();
    assertThat(rolesOf(account.id())).isEqualTo(shown(answer));
    SERVER.as(account.key()).get("/api/v1/folders/" + OUTER).ok();

    ADMIN.put(ROLES + "/" + account.id(), Map.of("roles", List.of())).ok();
    assertThat(rolesOf(account.id())).isEmpty();
    SERVER.as(account.key()).get("/api/v1/folders/" + OUTER).isRefused(403, 7);
  }

  @Test
  void a_replacement_that_names_no_roles_takes_none_away() {
    Held role = new Held("CLUSTER_MONITOR", "inside");
    Account account = role.account();

    for (Object body : List.of(Map.of(), Map.of("role", List.of()))) {
      assertThat(ADMIN.put(ROLES + "/" + account.id(), body).isRefused(400, 3).message())
          .isEqualTo("invalid argument: roles: is required");
    }
    assertThat(rolesOf(account.id())).contains(role.shown());
  }

  @Test
  void giving_and_taking_one_role_can_be_repeated() {
    String id = nobody();
    Held role = new Held("METRICS_VIEWER", "outer");
    Held other = new Held("METRICS_VIEWER", "inner");

    for (int i = 0; i < 2; i++) {
      assertThat(shown(ADMIN.post(role.of(id), "").ok()))
          .containsExactlyInAnyOrder(MEMBERSHIP.shown(), role.shown());
    }
    ADMIN.delete(other.of(id)).ok();
    for (int i = 0; i < 2; i++) {
      assertThat(shown(ADMIN.delete(role.of(id)).ok())).containsExactly(MEMBERSHIP.shown());
    }
  }

  @Test
  void someone_who_is_gone_or_never_was_has_no_roles_and_gets_none() {
    Held role = new Held("CLUSTER_MONITOR", "organization");
    String gone = role.account().id();
    ADMIN.delete(ACCOUNTS + "/" + gone).ok();

    for (String id : List.of(gone, UUID.randomUUID().toString())) {
      JsonNode answer = ADMIN.get(ROLES + "/" + id).ok();
      assertThat(answer.path("roles").isArray()).isTrue();
      assertThat(answer.path("roles")).isEmpty();
      assertThat(shown(ADMIN.delete(role.of(id)).ok())).isEmpty();
      ADMIN.post(role.of(id), "").isRefused(404, 5);
      ADMIN.put(ROLES + "/" + id, Map.of("roles", List.of(role.json()))).isRefused(404, 5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"not-an-id", "%00", "a%2Fb", "CCDB1_0000000000000000000000", ""})
  void a_bad_user_id_is_refused(String id) {
    Held role = new Held("CLUSTER_MONITOR", "organization");
    List<ApiClient.Answer> answers =
        List.of(
            ADMIN.get(ROLES + "/" + id),
            ADMIN.put(ROLES + "/" + id, Map.of("roles", List.of(role.json()))),
            ADMIN.post(role.of(id), ""),
            ADMIN.delete(role.of(id)));

    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer.isRefused(400, 3).message())
                    .isEqualTo("invalid argument: invalid userId"));
  }

  @ParameterizedTest
  @CsvSource({
    "ORG_ADMIN, inside",
    "ORG_ADMIN, outer",
    "ORG_MEMBER, outer",
    "BILLING_COORDINATOR, outer",
    "BILLING_VIEWER, inside",
    "CLUSTER_CREATOR, inside",
    "FOLDER_ADMIN, inside",
    "FOLDER_MOVER, inside",
  })
  void a_role_is_refused_on_a_kind_of_resource_that_it_is_not_granted_on(
      String name, String place) {
    String id = nobody();
    Held role = new Held(name, place);
    List<ApiClient.Answer> answers =
        List.of(
            ADMIN.post(role.of(id), ""),
            ADMIN.put(ROLES + "/" + id, Map.of("roles", List.of(role.json()))),
            ADMIN.post(ACCOUNTS, account(role)));

    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer.isRefused(400, 3).message())
                    .contains("role " + name + " is not granted on", role.type()));
    assertThat(rolesOf(id)).containsExactly(MEMBERSHIP.shown());
  }

  @Test
  void a_bad_role_is_told_by_the_member_that_holds_it() {
    String id = nobody();
    Object good = new Held("CLUSTER_MONITOR", "organization").json();
    Object nowhere =
        Map.of("name", "CLUSTER_ADMIN", "resource", Map.of("type", "CLUSTER", "id", "root"));
    Object misplaced = new Held("ORG_ADMIN", "inside").json();
    Map<String, Object> account = Map.of("name", "never made", "description", "");

    for (var bad : Map.of(nowhere, "roles[1].resource.id", misplaced, "roles[1].name").entrySet()) {
      Map<String, Object> roles = Map.of("roles", List.of(good, bad.getKey()));
      Map<String, Object> withRoles = new HashMap<>(account);
      withRoles.putAll(roles);
      assertThat(ADMIN.put(ROLES + "/" + id, roles).isRefused(400, 3).message())
          .startsWith("invalid argument: " + bad.getValue() + ": ");
      assertThat(ADMIN.post(ACCOUNTS, withRoles).isRefused(400, 3).message())
          .startsWith("invalid argument: " + bad.getValue() + ": ");
    }
    String path = ROLES + "/" + id + "/CLUSTER/root/CLUSTER_ADMIN";
    for (ApiClient.Answer answer : List.of(ADMIN.post(path, ""), ADMIN.delete(path))) {
      assertThat(answer.isRefused(400, 3).message())
          .isEqualTo("invalid argument: resource_id: must be a UUID");
    }
  }

  private static Map<String, Object> account(Held role) {
    return Map.of("name", "made with a role", "description", "", "roles", List.of(role.json()));
  }

  @Test
  void what_is_no_role_or_no_resource_is_refused() {
    String id = nobody();
    String user = ROLES + "/" + id;
    String foreign = SERVER.organization().folder("Foreign", "root");

    assertThat(ADMIN.post(user + "/CLUSTER/" + INSIDE + "/KING", "").isRefused(400, 3).message())
        .contains("role_name", "must be one of");
    assertThat(
            ADMIN
                .post(user + "/PLANET/" + INSIDE + "/CLUSTER_ADMIN", "")
                .isRefused(400, 3)
                .message())
        .contains("resource_type", "must be one of");
    ADMIN.post(user + "/CLUSTER//CLUSTER_ADMIN", "").isRefused(400, 3);
    ADMIN.post(user + "/FOLDER/not-an-id/CLUSTER_ADMIN", "").isRefused(400, 3);
    ADMIN.post(user + "/FOLDER/" + INSIDE + "/CLUSTER_ADMIN", "").isRefused(404, 5);
    ADMIN.post(user + "/CLUSTER/" + UUID.randomUUID() + "/CLUSTER_ADMIN", "").isRefused(404, 5);
    ADMIN.post(user + "/FOLDER/" + foreign + "/CLUSTER_ADMIN", "").isRefused(404, 5);
    ADMIN.post(user + "/ORGANIZATION/" + UUID.randomUUID() + "/ORG_ADMIN", "").isRefused(404, 5);
    assertThat(rolesOf(id)).containsExactly(MEMBERSHIP.shown());
  }

  @ParameterizedTest
  @CsvSource({
    "CLUSTER_ADMIN, inside, CLUSTER_DEVELOPER, inside",
    "CLUSTER_ADMIN, outer, CLUSTER_CREATOR, inner",
    "FOLDER_ADMIN, inner, FOLDER_MOVER, inner",
    "FOLDER_ADMIN, outer, CLUSTER_ADMIN, inside",
    "CLUSTER_ADMIN, organization, CLUSTER_ADMIN, organization",
    "ORG_ADMIN, organization, ORG_ADMIN, organization",
  })
  void who_administers_something_gives_and_takes_roles_on_it(
      String role, String place, String given, String on) {
    ApiClient client = SERVER.as(new Held(role, place).account().key());
    String id = nobody();
    Held gift = new Held(given, on);

    client.post(gift.of(id), "").ok();
    assertThat(rolesOf(id)).contains(gift.shown());

    client.delete(gift.of(id)).ok();
    assertThat(rolesOf(id)).doesNotContain(gift.shown());
  }

  @ParameterizedTest
  @CsvSource({
    "CLUSTER_ADMIN, organization, ORG_ADMIN, organization",
    "CLUSTER_ADMIN, organization, FOLDER_ADMIN, organization",
    "CLUSTER_ADMIN, organization, BILLING_VIEWER, organization",
    "FOLDER_ADMIN, organization, ORG_ADMIN, organization",
    "CLUSTER_ADMIN, inside, CLUSTER_ADMIN, outside",
    "CLUSTER_ADMIN, inside, CLUSTER_ADMIN, inner",
    "CLUSTER_ADMIN, inside, CLUSTER_ADMIN, organization",
    "CLUSTER_ADMIN, inner, FOLDER_ADMIN, inner",
    "FOLDER_ADMIN, inner, FOLDER_ADMIN, outer",
    "FOLDER_ADMIN, outer, CLUSTER_ADMIN, outside",
    "FOLDER_ADMIN, outer, FOLDER_ADMIN, organization",
    "CLUSTER_CREATOR, organization, CLUSTER_ADMIN, organization",
    "CLUSTER_OPERATOR_WRITER, inside, CLUSTER_OPERATOR_WRITER, inside",
    "ORG_MEMBER, organization, ORG_ADMIN, organization",
  })
  void nobody_gives_or_takes_more_than_they_administer(
      String role, String place, String wanted, String on) {
    Held held = new Held(role, place);
    Account account = held.account();
    ApiClient client = SERVER.as(account.key());
    Held more = new Held(wanted, on);
    String holder = more.account().id();
    List<String> before = rolesOf(account.id());

    client.post(more.of(account.id()), "").isRefused(403, 7);
    var roles = List.of(MEMBERSHIP.json(), held.json(), more.json());
    client.put(ROLES + "/" + account.id(), Map.of("roles", roles)).isRefused(403, 7);
    client.post(ACCOUNTS, account(more)).isRefused(403, 7);
    client.delete(more.of(holder)).isRefused(403, 7);
    client.put(ROLES + "/" + holder, Map.of("roles", List.of())).isRefused(403, 7);

    assertThat(rolesOf(account.id())).isEqualTo(before);
    assertThat(rolesOf(holder)).contains(more.shown());
  }

  @Test
  void who_may_not_give_or_take_a_role_does_not_learn_whether_it_is_held() {
    ApiClient client = SERVER.as(new Held("CLUSTER_ADMIN", "inside").account().key());
    Held role = new Held("CLUSTER_ADMIN", "outside");
    String holder = role.account().id();

    for (String id : List.of(holder, nobody())) {
      client.post(role.of(id), "").isRefused(403, 7);
      client.delete(role.of(id)).isRefused(403, 7);
    }
  }

  @Test
  void a_cluster_administrator_makes_accounts_that_have_no_more_than_cluster_roles() {
    ApiClient client = SERVER.as(new Held("CLUSTER_ADMIN", "organization").account().key());
    Held developer = new Held("CLUSTER_DEVELOPER", "inner");

    JsonNode made = client.post(ACCOUNTS, account(developer)).ok();

    assertThat(shown(made)).containsExactlyInAnyOrder(MEMBERSHIP.shown(), developer.shown());
    client.post(ACCOUNTS, account(new Held("FOLDER_MOVER", "inner"))).isRefused(403, 7);
  }

  @Test
  void the_last_administrator_of_an_organization_stays() {
    TestOrganization organization = SERVER.organization();
    ApiClient admin = organization.admin();
    String id = organization.founded().serviceAccountId().toString();
    String role = ROLES + "/" + id + "/ORGANIZATION//ORG_ADMIN";
    organization.account("CLUSTER_ADMIN", "ORGANIZATION", organization.id());

    List<ApiClient.Answer> answers =
        List.of(
            admin.delete(role),
            admin.put(ROLES + "/" + id, Map.of("roles", List.of())),
            admin.delete(ACCOUNTS + "/" + id));
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer.isRefused(400, 9).message())
                    .isEqualTo("an organization keeps at least one ORG_ADMIN that has an API key"));

    Account second = organization.account("ORG_ADMIN", "ORGANIZATION", organization.id());
    admin.delete(role).ok();
    SERVER.as(second.key()).delete(ACCOUNTS + "/" + id).ok();
  }

  @Test
  void of_two_administrators_that_dismiss_each_other_at_once_one_stays() {
    TestOrganization organization = SERVER.organization();
    String first = organization.founded().serviceAccountId().toString();
    Account second = organization.account("ORG_ADMIN", "ORGANIZATION", organization.id());
    String role = ROLES + "/" + first + "/ORGANIZATION//ORG_ADMIN";

    List<Integer> statuses =
        AtOnce.send(
            List.of(
                () -> organization.admin().delete(ACCOUNTS + "/" + second.id()),
                () -> SERVER.as(second.key()).delete(role)));

    assertThat(statuses).containsOnlyOnce(200);
  }

  static List<List<Held>> creators() {
    return List.of(
        List.of(new Held("CLUSTER_CREATOR", "outer")),
        List.of(
            new Held("CLUSTER_CREATOR", "outer"), new Held("CLUSTER_OPERATOR_WRITER", "outer")));
  }

  @ParameterizedTest
  @MethodSource("creators")
  void a_creator_administers_what_it_made_and_nothing_else(List<Held> roles) {
    Account creator = roles.getFirst().account();
    roles.forEach(role -> ADMIN.post(role.of(creator.id()), "").ok());
    ApiClient client = SERVER.as(creator.key());
    client.post(CLUSTERS, PlacedClusters.body("elsewhere", "root")).isRefused(403, 7);

    String made = PlacedClusters.create(client, "made-by-creator", INNER);

    assertThat(rolesOf(creator.id()))
        .contains("CLUSTER_ADMIN on " + made)
        .hasSize(roles.size() + 2);
    String gift = ROLES + "/" + nobody() + "/CLUSTER/%s/CLUSTER_MONITOR";
    client.post(gift.formatted(made), "").ok();
    client.post(gift.formatted(INSIDE), "").isRefused(403, 7);
    client.post(gift.formatted(OUTSIDE), "").isRefused(403, 7);

    ORGANIZATION.awaitState(made, "CREATED");
    client.delete(CLUSTERS + "/" + made).ok();
    assertThat(rolesOf(creator.id())).doesNotContain("CLUSTER_ADMIN on " + made);
    ADMIN.post(gift.formatted(made), "").isRefused(404, 5);
  }

  @Test
  void an_administrator_needs_no_role_on_what_it_makes() {
    Account account = new Held("CLUSTER_ADMIN", "outer").account();

    String made = PlacedClusters.create(SERVER.as(account.key()), "made-by-admin", INNER);

    assertThat(rolesOf(account.id())).noneMatch(role -> role.endsWith(made));
  }

  @Test
  void roles_on_a_folder_go_with_it() {
    String folder = ORGANIZATION.folder("Short-lived", "root");
    Account account = ORGANIZATION.account("CLUSTER_CREATOR", "FOLDER", folder);

    ADMIN.delete("/api/v1/folders/" + folder).ok();

    assertThat(rolesOf(account.id())).containsExactly(MEMBERSHIP.shown());
    SERVER.as(account.key()).get("/api/v1/folders").isRefused(403, 7);
  }

  @Test
  void everyone_who_holds_a_role_is_listed_with_all_of_them() {
    Held monitor = new Held("CLUSTER_MONITOR", "inner");
    String id = monitor.account().id();

    List<JsonNode> grants = ADMIN.walk(ROLES, "grants", 3);

    assertThat(grants)
        .filteredOn(holder -> holder.path("user_id").asText().equals(id))
        .singleElement()
        .satisfies(
            holder ->
                assertThat(shown(holder))
                    .containsExactlyInAnyOrder(MEMBERSHIP.shown(), monitor.shown()));
    assertThat(ADMIN.get(ROLES).ok().path("user_group_grants").isArray()).isTrue();
  }

  @Test
  void who_may_not_read_what_everyone_holds_is_answered_with_what_they_administer() {
    Account account = new Held("FOLDER_MOVER", "outer").account();
    ApiClient delegate = SERVER.as(new Held("CLUSTER_ADMIN", "inside").account().key());
    Held monitor = new Held("CLUSTER_MONITOR", "inside");

    assertThat(shown(delegate.post(monitor.of(account.id()), "").ok()))
        .containsExactly(monitor.shown());
    assertThat(rolesOf(account.id())).hasSize(3);
  }

  @Test
  void a_role_that_is_null_is_refused() {
    String id = nobody();
    String body = "{\"roles\":[null]}";

    assertThat(ADMIN.put(ROLES + "/" + id, body).isRefused(400, 3).message()).contains("roles[0]");
    ADMIN.post(ACCOUNTS, "{\"name\":\"x\",\"roles\":[null]}").isRefused(400, 3);
  }
}
