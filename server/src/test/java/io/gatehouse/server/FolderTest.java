package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderTest {
  private static final String FOLDERS = "/api/v1/folders";
  private static final String CLUSTERS = "/api/v1/clusters";

  private final TestServer server = TestServer.shared();
  private final TestOrganization organization = server.organization();
  private final ApiClient admin = organization.admin();

  private static String folder(String id) {
    return FOLDERS + "/" + id;
  }

  private static String contents(String id) {
    return FOLDERS + "/" + id + "/contents";
  }

  private static List<String> names(JsonNode page, String member) {
    List<String> names = new ArrayList<>();
    page.path(member).forEach(row -> names.add(row.path("name").asText()));
    return names;
  }

  private List<String> folderNames(ApiClient client) {
    return names(client.get(FOLDERS).ok(), "folders");
  }

  private List<String> contentNames(ApiClient client, String id) {
    return names(client.get(contents(id)).ok(), "resources");
  }

  @Test
  void a_folder_at_the_root_is_shown_whole() {
    JsonNode made =
        admin.post(FOLDERS, Map.of("name", "Sales", "labels", Map.of("team", "red"))).ok();

    String id = made.path("resource_id").asText();
    assertThat(made)
        .isEqualTo(
            Json.MAPPER.valueToTree(
                Map.of(
                    "resource_id",
                    id,
                    "resource_type",
                    "FOLDER",
                    "parent_id",
                    "root",
                    "organization_id",
                    organization.id(),
                    "name",
                    "Sales",
                    "path",
                    List.of(),
                    "labels",
                    Map.of("team", "red"))));
    assertThat(admin.get(folder(id)).ok()).isEqualTo(made);
    assertThat(admin.get(FOLDERS).ok().path("folders").path(0)).isEqualTo(made);
  }

  @Test
  void a_nested_folder_shows_the_way_to_it_from_the_outermost() {
    String world = organization.folder("World", "root");
    String europe = organization.folder("Europe", world);
    String spain = organization.folder("Spain", europe);

    JsonNode shown = admin.get(folder(spain)).ok();

    assertThat(shown.path("parent_id").asText()).isEqualTo(europe);
    assertThat(names(shown, "path")).containsExactly("World", "Europe");
    assertThat(shown.path("path").path(0).path("id").asText()).isEqualTo(world);
  }

  @Test
  void a_folder_is_renamed_and_moved_and_all_in_it_moves_along() {
    String here = organization.folder("Here", "root");
    String there = organization.folder("There", "");
    String child = organization.folder("Child", here);
    String grandchild = organization.folder("Grandchild", child);

    admin.patch(folder(child), Map.of("parent_id", there, "name", "Moved")).ok();

    assertThat(names(admin.get(folder(grandchild)).ok(), "path")).containsExactly("There", "Moved");
    assertThat(contentNames(admin, here)).isEmpty();

    JsonNode moved = admin.patch(folder(child), Map.of("parent_id", "")).ok();
    assertThat(moved.path("parent_id").asText()).isEqualTo("root");
    assertThat(moved.path("name").asText()).isEqualTo("Moved");
  }

  @Test
  void what_a_change_does_not_name_stays() {
    var made =
        admin.post(FOLDERS, Map.of("name", "Steady", "labels", Map.of("colour", "blue"))).ok();

    JsonNode same = admin.patch(folder(made.path("resource_id").asText()), Map.of()).ok();

    assertThat(same).isEqualTo(made);
  }

  @Test
  void an_empty_folder_is_deleted_and_gone() {
    String id = organization.folder("Passing", "root");

    assertThat(admin.delete(folder(id)).ok()).isEqualTo(Json.MAPPER.createObjectNode());

    admin.get(folder(id)).isRefused(404, 5);
    admin.delete(folder(id)).isRefused(404, 5);
    assertThat(folderNames(admin)).isEmpty();
    organization.folder("Passing", "root");
  }

  @Test
  void a_folder_with_anything_in_it_is_not_deleted() {
    String outer = organization.folder("Outer", "root");
    String inner = organization.folder("Inner", outer);
    String cluster = PlacedClusters.create(admin, "stays-inside", inner);

    for (String id : List.of(outer, inner)) {
      assertThat(admin.delete(folder(id)).isRefused(400, 9).message()).contains("not empty");
    }

    organization.awaitState(cluster, "CREATED");
    admin.delete(CLUSTERS + "/" + cluster).ok();
    admin.delete(folder(inner)).ok();
    admin.delete(folder(outer)).ok();
  }

  @Test
  void what_is_not_there_is_not_found() {
    String foreign = server.organization().folder("Foreign", "root");

    for (String id : List.of(UUID.randomUUID().toString(), foreign, "not-an-id", "%00")) {
      assertThat(admin.get(folder(id)).isRefused(404, 5).message()).isEqualTo("folder not found");
      admin.patch(folder(id), Map.of("name", "Found")).isRefused(404, 5);
      admin.delete(folder(id)).isRefused(404, 5);
      admin.get(contents(id)).isRefused(404, 5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "Überbau 9", "O'Neill's under_score-dash", "a  b", "日本語", "123"})
  void names_of_letters_digits_and_some_signs_are_taken(String name) {
    String id = organization.folder(name, "root");

    assertThat(admin.get(folder(id)).ok().path("name").asText()).isEqualTo(name);
  }

  @Test
  void a_name_has_3_to_40_characters() {
    organization.folder("x".repeat(40), "root");

    refusesName("x".repeat(41));
    refusesName("xx");
    refusesName("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" before", "after ", "-dash", "dash-", "'quote'", "a/b/c", "a.b.c", "R&D", "a\nb"})
  void a_name_with_other_signs_or_without_a_letter_or_digit_at_both_ends_is_refused(String name) {
    refusesName(name);
  }

  private void refusesName(String name) {
    assertThat(admin.post(FOLDERS, Map.of("name", name)).isRefused(400, 3).message())
        .startsWith("invalid argument: name: must have 3 to 40 letters");
    String other = organization.folder("Another one", "root");
    admin.patch(folder(other), Map.of("name", name)).isRefused(400, 3);
    admin.delete(folder(other)).ok();
  }

  @Test
  void folders_are_nested_at_most_four_levels_deep_with_the_organization() {
    String first = organization.folder("First", "root");
    String second = organization.folder("Second", first);
    String third = organization.folder("Third", second);
    String high = organization.folder("High", "root");
    organization.folder("Low", high);

    var tooDeep = admin.post(FOLDERS, Map.of("name", "Fourth", "parent_id", third));
    assertThat(tooDeep.isRefused(400, 3).message()).contains("parent_id", "four levels deep");
    admin.patch(folder(high), Map.of("parent_id", second)).isRefused(400, 3);

    admin.patch(folder(high), Map.of("parent_id", first)).ok();
    PlacedClusters.create(admin, "at-the-bottom", third);
  }

  @Test
  void an_organization_has_at_most_65_folders_even_when_several_are_made_at_once() {
    IntStream.range(0, 64).forEach(i -> organization.folder("Folder " + i, "root"));

    List<Integer> statuses =
        AtOnce.send(
            IntStream.range(0, 4)
                .<Supplier<ApiClient.Answer>>mapToObj(
                    i -> () -> admin.post(FOLDERS, Map.of("name", "Late " + i)))
                .toList());

    assertThat(statuses).containsExactlyInAnyOrder(200, 400, 400, 400);
    assertThat(admin.post(FOLDERS, Map.of("name", "Later")).isRefused(400, 9).message())
        .contains("at most 65 folders");
  }

  @Test
  void a_folder_cannot_stand_in_itself() {
    String outer = organization.folder("Outer", "root");
    String inner = organization.folder("Inner", outer);

    for (String into : List.of(outer, inner)) {
      assertThat(admin.patch(folder(outer), Map.of("parent_id", into)).isRefused(400, 3).message())
          .startsWith("invalid argument: parent_id: a folder cannot be moved into itself");
    }
  }

  @Test
  void two_folders_moved_into_each_other_at_once_do_not_both_go() {
    String one = organization.folder("One", "root");
    String two = organization.folder("Two", "root");

    List<Integer> statuses =
        AtOnce.send(
            List.of(
                () -> admin.patch(folder(one), Map.of("parent_id", two)),
                () -> admin.patch(folder(two), Map.of("parent_id", one))));

    assertThat(statuses).containsExactlyInAnyOrder(200, 400);
  }

  @Test
  void a_parent_must_exist() {
    String foreign = server.organization().folder("Foreign", "root");
    String id = organization.folder("Homeless", "root");
    String cluster = organization.cluster("homeless-cluster");

    for (String parent : List.of(UUID.randomUUID().toString(), foreign, "not-an-id")) {
      var move = Map.of("parent_id", parent);
      List<ApiClient.Answer> answers =
          List.of(
              admin.post(FOLDERS, Map.of("name", "Orphan", "parent_id", parent)),
              admin.patch(folder(id), move),
              admin.post(CLUSTERS, PlacedClusters.body("orphan-cluster", parent)),
              admin.patch(CLUSTERS + "/" + cluster, move));
      assertThat(answers)
          .allSatisfy(
              answer ->
                  assertThat(answer.isRefused(400, 3).message())
                      .isEqualTo("invalid argument: the parent must exist"));
    }
  }

  @Test
  void a_name_is_taken_only_within_its_parent() {
    String parent = organization.folder("Parent", "root");
    String inner = organization.folder("Twin", parent);
    organization.folder("Twin", "root");

    List<ApiClient.Answer> answers =
        List.of(
            admin.post(FOLDERS, Map.of("name", "Twin", "parent_id", parent)),
            admin.patch(folder(inner), Map.of("parent_id", "root")),
            admin.patch(folder(organization.folder("Other", parent)), Map.of("name", "Twin")));

    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer.isRefused(409, 6).message())
                    .isEqualTo("folder 'Twin' already exists"));
  }

  @Test
  void of_creations_of_the_same_name_at_once_exactly_one_wins() {
    List<Integer> statuses =
        AtOnce.send(Collections.nCopies(4, () -> admin.post(FOLDERS, Map.of("name", "Only one"))));

    assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409, 409);
  }

  @Test
  void a_folder_is_found_by_its_path_with_or_without_slashes_around() {
    String sales = organization.folder("Sales", "root");
    organization.folder("North Sea", organization.folder("Europe", sales));
    organization.folder("Europe", "root");

    for (String path : List.of("/Sales/Europe", "Sales/Europe", "/Sales/Europe/")) {
      JsonNode found = byPath(path);
      assertThat(found).hasSize(1);
      assertThat(found.path(0).path("parent_id").asText()).isEqualTo(sales);
    }
    assertThat(byPath("/Sales/Europe/North Sea")).hasSize(1);
    for (String path : List.of("/Europe/Sales", "/Sales//Europe", "/sales", "/", "Nowhere")) {
      assertThat(byPath(path)).isEmpty();
    }
  }

  private JsonNode byPath(String path) {
    return admin.get(FOLDERS + "?path=" + SqlSession.encode(path)).ok().path("folders");
  }

  @Test
  void who_may_see_a_cluster_sees_it_in_its_folder_and_nothing_else() {
    String folder = organization.folder("Shared", "root");
    organization.folder("Inner", folder);
    String seen = organization.cluster("seen-cluster");
    String hidden = organization.cluster("hidden-cluster");
    for (String cluster : List.of(seen, hidden)) {
      admin.patch("/api/v1/clusters/" + cluster, Map.of("parent_id", folder)).ok();
    }
    ApiClient client = server.as(organization.account("CLUSTER_ADMIN", "CLUSTER", seen).key());

    assertThat(names(client.get(contents(folder)).ok(), "resources"))
        .containsExactly("seen-cluster");
    String empty = organization.folder("Empty", "root");
    client.get(contents(empty)).isRefused(403, 7);
    client.get(contents(UUID.randomUUID().toString())).isRefused(403, 7);
  }

  @Test
  void contents_are_folders_by_name_and_then_clusters_by_name() {
    String id = organization.folder("Mixed", "root");
    organization.folder("Zebra", id);
    organization.folder("Aardvark", id);
    PlacedClusters.create(admin, "zeta-cluster", id);
    PlacedClusters.create(admin, "alpha-cluster", id);

    assertThat(contentNames(admin, id))
        .containsExactly("Aardvark", "Zebra", "alpha-cluster", "zeta-cluster");
    assertThat(contentNames(admin, "root")).containsExactly("Mixed");
    JsonNode cluster = admin.get(contents(id)).ok().path("resources").path(2);
    assertThat(cluster.path("resource_type").asText()).isEqualTo("CLUSTER");
    assertThat(cluster.path("parent_id").asText()).isEqualTo(id);
    assertThat(names(cluster, "path")).containsExactly("Mixed");
  }

  @Test
  void a_cluster_is_moved_by_a_change_of_its_parent() {
    String id = organization.folder("Garage", "root");
    String cluster = organization.cluster("moving-cluster");

    for (String parent : List.of(id, "root", id, "")) {
      JsonNode moved = admin.patch(CLUSTERS + "/" + cluster, Map.of("parent_id", parent)).ok();

      String where = parent.equals(id) ? id : "root";
      assertThat(moved.path("parent_id").asText()).isEqualTo(where);
      assertThat(contentNames(admin, where)).contains("moving-cluster");
    }
    assertThat(contentNames(admin, id)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "Upper,x,a key has",
        "9digit,x,a key has",
        "'',x,a key has",
        "with space,x,a key has",
        "key,Upper,a value has",
        "key,with space,a value has",
        "key,null,a value has",
      })
  void labels_that_break_a_rule_are_refused_with_the_key_and_the_rule(
      String key, String value, String rule) {
    String id = organization.folder("Labelled", "root");
    Map<String, Object> body = new HashMap<>();
    body.put("labels", Collections.singletonMap(key, value));
    Map<String, Object> withName = new HashMap<>(body);
    withName.put("name", "Labelled too");
    var cluster = PlacedClusters.body("labelled-cluster", "root");
    cluster.withObjectProperty("spec").withObjectProperty("labels").put(key, value);

    for (var answer : List.of(admin.patch(folder(id), body), admin.post(FOLDERS, withName))) {
      assertThat(answer.isRefused(400, 3).message())
          .startsWith("invalid argument: labels[" + key + "]: " + rule);
    }
    assertThat(admin.post(CLUSTERS, cluster).isRefused(400, 3).message())
        .startsWith("invalid argument: spec.labels[" + key + "]: " + rule);
  }

  @Test
  void labels_are_replaced_as_a_whole_on_folders_and_clusters() {
    String longest = "k".repeat(63);
    String cluster = CLUSTERS + "/" + organization.cluster("labelled-cluster");
    String labelled = folder(organization.folder("Labelled", "root"));

    for (String path : List.of(labelled, cluster)) {
      admin.patch(path, Map.of("labels", Map.of("one", "1", longest, "v".repeat(63)))).ok();
      admin.patch(path, Map.of("labels", Map.of("two", "", "a-b_c", "x-y_z"))).ok();

      assertThat(admin.patch(path, Map.of()).ok().path("labels"))
          .isEqualTo(Json.MAPPER.valueToTree(Map.of("two", "", "a-b_c", "x-y_z")));
      assertThat(admin.patch(path, Map.of("labels", Map.of())).ok().path("labels")).isEmpty();
    }
  }

  @Test
  void a_resource_has_at_most_50_labels_of_63_characters() {
    String id = organization.folder("Labelled", "root");
    Map<String, String> labels = new HashMap<>();
    IntStream.range(0, 50).forEach(i -> labels.put("label-" + i, "x"));
    admin.patch(folder(id), Map.of("labels", labels)).ok();

    labels.put("one-more", "x");
    assertThat(admin.patch(folder(id), Map.of("labels", labels)).isRefused(400, 3).message())
        .isEqualTo("invalid argument: labels: at most 50 are allowed");
    admin.patch(folder(id), Map.of("labels", Map.of("k".repeat(64), ""))).isRefused(400, 3);
    admin.patch(folder(id), Map.of("labels", Map.of("k", "v".repeat(64)))).isRefused(400, 3);
  }

  @Test
  void someone_with_a_role_on_a_folder_sees_what_is_in_it_and_nothing_else() {
    String mine = organization.folder("Mine", "root");
    String below = organization.folder("Below", mine);
    String others = organization.folder("Others", "root");
    String inMine = PlacedClusters.create(admin, "in-mine", mine);
    String inBelow = PlacedClusters.create(admin, "in-below", below);
    String inOthers = PlacedClusters.create(admin, "in-others", others);
    PlacedClusters.create(admin, "at-the-root", "root");
    ApiClient client = server.as(organization.account("CLUSTER_DEVELOPER", "FOLDER", mine).key());

    assertThat(folderNames(client)).containsExactly("Below", "Mine");
    assertThat(contentNames(client, "root")).containsExactly("Mine");
    assertThat(contentNames(client, mine)).containsExactly("Below", "in-mine");
    assertThat(contentNames(client, below)).containsExactly("in-below");
    assertThat(names(client.get(CLUSTERS).ok(), "clusters")).containsExactly("in-below", "in-mine");
    client.get(CLUSTERS + "/" + inMine).ok();
    client.get(CLUSTERS + "/" + inBelow).ok();
    assertThat(client.get(FOLDERS + "?path=/Others").ok().path("folders")).isEmpty();
    client.get(CLUSTERS + "/" + inOthers).isRefused(403, 7);
    client.get(folder(others)).isRefused(403, 7);
    client.get(contents(others)).isRefused(403, 7);
  }

  @Test
  void someone_with_a_role_on_a_cluster_finds_it_at_the_root_and_sees_no_folder() {
    String hidden = organization.folder("Hidden", "root");
    String mine = PlacedClusters.create(admin, "mine-alone", "root");
    PlacedClusters.create(admin, "not-mine", "root");
    ApiClient client = server.as(organization.account("CLUSTER_DEVELOPER", "CLUSTER", mine).key());

    assertThat(contentNames(client, "root")).containsExactly("mine-alone");
    assertThat(names(client.get(CLUSTERS).ok(), "clusters")).containsExactly("mine-alone");
    client.get(FOLDERS).isRefused(403, 7);
    client.get(contents(hidden)).isRefused(403, 7);
  }

  @Test
  void what_moves_out_of_a_folder_moves_out_of_sight() {
    String mine = organization.folder("Mine", "root");
    String cluster = PlacedClusters.create(admin, "restless-cluster", mine);
    organization.awaitState(cluster, "CREATED");
    ApiClient client = server.as(organization.account("CLUSTER_DEVELOPER", "FOLDER", mine).key());
    client.get(CLUSTERS + "/" + cluster).ok();

    admin.patch(CLUSTERS + "/" + cluster, Map.of("parent_id", "root")).ok();

    client.get(CLUSTERS + "/" + cluster).isRefused(403, 7);
    assertThat(client.get(CLUSTERS).ok().path("clusters")).isEmpty();
  }

  @Test
  void nothing_is_moved_to_where_the_mover_has_no_say() {
    String mine = organization.folder("Mine", "root");
    String inMine = organization.folder("In mine", mine);
    String others = organization.folder("Others", "root");
    String cluster = PlacedClusters.create(admin, "going-nowhere", mine);
    organization.awaitState(cluster, "CREATED");
    ApiClient mover = server.as(organization.account("FOLDER_ADMIN", "FOLDER", mine).key());
    ApiClient keeper = server.as(organization.account("CLUSTER_ADMIN", "FOLDER", mine).key());

    for (String target : List.of(others, "root")) {
      mover.patch(folder(inMine), Map.of("parent_id", target)).isRefused(403, 7);
      keeper.patch(CLUSTERS + "/" + cluster, Map.of("parent_id", target)).isRefused(403, 7);
    }
    keeper.patch(CLUSTERS + "/" + cluster, Map.of("parent_id", inMine)).ok();
    mover.post(FOLDERS, Map.of("name", "Outside", "parent_id", others)).isRefused(403, 7);
    mover.post(FOLDERS, Map.of("name", "Inside", "parent_id", inMine)).ok();
  }

  @Test
  void nobody_moves_a_cluster_to_where_they_would_have_more_of_a_say_in_it() {
    String others = organization.folder("Others", "root");
    String mine = organization.folder("Mine", "root");
    String cluster = organization.cluster("coveted-cluster");
    admin.patch(CLUSTERS + "/" + cluster, Map.of("parent_id", others)).ok();
    TestOrganization.Account developer =
        organization.account("CLUSTER_DEVELOPER", "CLUSTER", cluster);
    admin.post("/api/v1/roles/" + developer.id() + "/FOLDER/" + mine + "/CLUSTER_ADMIN", "").ok();
    ApiClient client = server.as(developer.key());

    client.patch(CLUSTERS + "/" + cluster, Map.of("parent_id", mine)).isRefused(403, 7);

    client.patch(CLUSTERS + "/" + cluster, Map.of("parent_id", others)).ok();
    admin
        .post("/api/v1/roles/" + developer.id() + "/CLUSTER/" + cluster + "/CLUSTER_ADMIN", "")
        .ok();
    client.patch(CLUSTERS + "/" + cluster, Map.of("parent_id", mine)).ok();
  }
}
