package io.gatehouse.cloud.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.access.ResourcePath;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.store.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderTreeTest {
  private final Tenant tenant = new Tenant(UUID.randomUUID());
  private final List<Folder> all = new ArrayList<>();
  private final Folder sales = add("sales", tenant.organization());
  private final Folder europe = add("europe", sales.id());
  private final Folder italy = add("italy", europe.id());
  private final Folder research = add("research", tenant.organization());
  private final Folder europeOfResearch = add("europe", research.id());
  private final FolderTree tree = FolderTree.of(tenant, all);

  private Folder add(String name, UUID parentId) {
    Folder folder = new Folder(UUID.randomUUID(), parentId, name, Map.of(), Instant.EPOCH, 1);
    all.add(folder);
    return folder;
  }

  @Test
  void a_lineage_begins_at_the_folder_and_ancestors_at_the_outermost() {
    assertThat(tree.lineage(italy.id())).containsExactly(italy, europe, sales);
    assertThat(tree.ancestors(italy.id())).containsExactly(sales, europe, italy);
  }

  @Test
  void the_root_and_what_is_unknown_stand_in_nothing() {
    assertThat(tree.lineage(tenant.organization())).isEmpty();
    assertThat(tree.lineage(UUID.randomUUID())).isEmpty();
    assertThat(tree.path(tenant.organization())).isEqualTo(ResourcePath.organization(tenant));
    assertThat(tree.withDescendants(Set.of(tenant.organization(), UUID.randomUUID()))).isEmpty();
  }

  @Test
  void a_way_goes_from_the_narrowest_up_to_the_organization() {
    assertThat(tree.path(italy.id()).scopes())
        .containsExactly(
            Scope.folder(italy.id()),
            Scope.folder(europe.id()),
            Scope.folder(sales.id()),
            Scope.organization(tenant));
  }

  @Test
  void what_stands_in_a_folder_is_all_below_it_and_nothing_beside_or_above() {
    assertThat(tree.withDescendants(Set.of(europe.id())))
        .containsExactlyInAnyOrder(europe.id(), italy.id());
    assertThat(tree.withDescendants(Set.of(sales.id(), italy.id(), research.id())))
        .containsExactlyInAnyOrderElementsOf(tree.folders().keySet());
  }

  @Test
  void the_height_is_that_of_the_deepest_branch() {
    add("france", europe.id());
    add("asia", sales.id());
    FolderTree larger = FolderTree.of(tenant, all);

    assertThat(larger.height(sales.id())).isEqualTo(3);
    assertThat(larger.height(europe.id())).isEqualTo(2);
    assertThat(larger.height(italy.id())).isEqualTo(1);
    assertThat(larger.height(UUID.randomUUID())).isZero();
  }

  @Test
  void a_path_of_names_leads_down_from_the_root_alone() {
    assertThat(tree.at("/sales/europe/italy")).contains(italy);
    assertThat(tree.at("sales/europe/")).contains(europe);
    assertThat(tree.at("//research/europe//")).contains(europeOfResearch);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "europe",
        "/europe/italy",
        "/sales/italy",
        "/sales//europe",
        "/sales/europe/italy/italy",
        "/Sales",
        "/sales/ europe",
        "/sales/.*"
      })
  void what_is_no_way_of_names_leads_nowhere(String path) {
    assertThat(tree.at(path)).isEmpty();
  }

  @Test
  void a_folder_is_moved_neither_into_itself_nor_into_any_below_but_anywhere_else() {
    for (Folder into : List.of(sales, europe, italy)) {
      assertThatThrownBy(() -> FolderRules.checkNotIntoItself(tree, sales.id(), into.id()))
          .as(into.name())
          .isInstanceOf(GatehouseException.class)
          .hasMessageContaining("cannot be moved into itself");
    }
    FolderRules.checkNotIntoItself(tree, italy.id(), sales.id());
    FolderRules.checkNotIntoItself(tree, sales.id(), europeOfResearch.id());
    FolderRules.checkNotIntoItself(tree, sales.id(), tenant.organization());
  }

  @Test
  void what_moves_takes_its_levels_along_and_fits_only_where_there_is_room_for_them() {
    FolderRules.checkDepth(tree, tenant.organization(), tree.height(sales.id()));
    FolderRules.checkDepth(tree, research.id(), tree.height(europe.id()));
    FolderRules.checkDepth(tree, europeOfResearch.id(), tree.height(italy.id()));

    assertTooDeep(europeOfResearch.id(), tree.height(europe.id()));
    assertTooDeep(research.id(), tree.height(sales.id()));
    assertTooDeep(italy.id(), 1);
  }

  private void assertTooDeep(UUID parentId, int levels) {
    assertThatThrownBy(() -> FolderRules.checkDepth(tree, parentId, levels))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("at most four levels deep");
  }

  @Test
  void there_is_room_for_65_folders_whatever_their_places() {
    while (all.size() < 64) {
      add("folder-" + all.size(), europe.id());
    }
    FolderRules.checkRoomForOne(FolderTree.of(tenant, all));

    add("the last one", research.id());
    FolderTree full = FolderTree.of(tenant, all);

    assertThatThrownBy(() -> FolderRules.checkRoomForOne(full))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("at most 65 folders");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "a-b", "O'Brien's", "Überlauf 2", "日本語", "a_b-c d", "𝒜𝒷𝒸"})
  void a_name_has_letters_and_digits_of_any_script_at_its_ends(String name) {
    assertThat(FolderRules.checkName(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        " abc",
        "abc ",
        "-abc",
        "abc-",
        "'abc",
        "a/b",
        "a.b",
        "a\tb",
        "a\nb",
        "abc\n",
        "a\u00A0b",
        "😀😀😀",
        "a\uD800b"
      })
  void what_has_anything_else_is_no_name(String name) {
    assertThatThrownBy(() -> FolderRules.checkName(name))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("must have 3 to 40 letters");
  }

  @Test
  void a_letter_counts_as_one_however_it_is_written() {
    assertThat(FolderRules.checkName("𝒜".repeat(40))).hasSize(80);
    assertThatThrownBy(() -> FolderRules.checkName("𝒜".repeat(41)))
        .isInstanceOf(GatehouseException.class);
  }

  @Test
  void a_parent_is_named_by_its_id_or_by_the_root_and_must_be_there() {
    assertThat(Parents.require(tree, null)).isEqualTo(tenant.organization());
    assertThat(Parents.require(tree, "")).isEqualTo(tenant.organization());
    assertThat(Parents.require(tree, "root")).isEqualTo(tenant.organization());
    assertThat(Parents.require(tree, italy.id().toString())).isEqualTo(italy.id());
    assertThat(Parents.shown(tenant, tenant.organization())).isEqualTo("root");
    assertThat(Parents.shown(tenant, italy.id())).isEqualTo(italy.id().toString());
    for (String nobody : List.of(UUID.randomUUID().toString(), "ROOT", "sales", "1-2-3-4-5")) {
      assertThatThrownBy(() -> Parents.require(tree, nobody))
          .as(nobody)
          .isInstanceOf(GatehouseException.class)
          .hasMessageContaining("the parent must exist");
    }
  }
}
