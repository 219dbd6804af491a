package io.gatehouse.cloud.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cloud.Paging;
import io.gatehouse.cloud.TestStore;
import io.gatehouse.cloud.cluster.TestClusters;
import io.gatehouse.cloud.folder.FolderStore.Shown;
import io.gatehouse.platform.paging.SortOrder;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FolderStoreTest {
  private final FolderStore store = new FolderStore();
  private final Transactions transactions = TestStore.transactions();
  private final Tenant tenant = new Tenant(UUID.randomUUID());
  private final UUID root = tenant.organization();
  private final TestFolders folders = new TestFolders(tenant);
  private final TestClusters clusters = new TestClusters(tenant);

  private FolderTree tree(Tenant of) {
    return transactions.read(session -> store.tree(of, session));
  }

  private Folder find(UUID id) {
    return tree(tenant).find(id).orElseThrow();
  }

  private boolean write(Tenant of, Folder folder) {
    return transactions.write(tx -> store.update(of, tx, folder));
  }

  private static Folder renamed(Folder folder, String name) {
    return new Folder(
        folder.id(),
        folder.parentId(),
        name,
        Map.of("renamed", "yes"),
        folder.createdAt(),
        folder.version());
  }

  @Test
  void of_two_that_read_the_same_folder_only_the_first_changes_it() {
    Folder seen = find(folders.add("seen-by-both", root));

    assertThat(write(tenant, renamed(seen, "first"))).isTrue();
    assertThat(write(tenant, renamed(seen, "second"))).isFalse();

    Folder now = find(seen.id());
    assertThat(now.name()).isEqualTo("first");
    assertThat(now.labels()).containsExactly(Map.entry("renamed", "yes"));
    assertThat(now.version()).isEqualTo(seen.version() + 1);
  }

  @Test
  void a_folder_is_there_for_its_own_organization_alone() {
    Folder seen = find(folders.add("own", root));
    Tenant other = new Tenant(UUID.randomUUID());

    assertThat(tree(other).folders()).isEmpty();
    assertThat(write(other, renamed(seen, "stolen"))).isFalse();
    transactions.write(
        tx -> {
          store.delete(other, tx, seen.id());
          return tx;
        });

    assertThat(find(seen.id())).isEqualTo(seen);
  }

  @Test
  void folders_of_the_same_name_in_different_places_are_listed_once_each() {
    List<Folder> made = new ArrayList<>();
    for (String parent : List.of("sales", "research", "support")) {
      UUID id = folders.add(parent, root);
      made.add(find(id));
      made.add(find(folders.add("europe", id)));
      made.add(find(folders.add("asia", id)));
    }
    folders.add("hidden", root);
    Set<UUID> among = new HashSet<>(made.stream().map(Folder::id).toList());

    List<Folder> shown =
        new Paging<>(
                FolderStore.BY_NAME,
                (Folder folder) -> List.of(folder.name(), folder.id().toString()),
                window -> transactions.read(session -> store.list(tenant, session, among, window)))
            .assertShows(made);

    assertThat(shown.stream().map(Folder::name))
        .containsExactly(
            "asia", "asia", "asia", "europe", "europe", "europe", "research", "sales", "support");
  }

  private Paging<String> contents(UUID parentId, Shown shown) {
    return new Paging<>(
        FolderStore.BY_KIND_AND_NAME,
        entry -> List.of(entry.split(" ")),
        window ->
            transactions
                .read(session -> store.contents(tenant, session, parentId, shown, window))
                .stream()
                .map(FolderStoreTest::key)
                .toList());
  }

  private static String key(FolderEntry entry) {
    return "%d %s %s".formatted(entry.kind().rank(), entry.name(), entry.id());
  }

  @Test
  void folders_come_before_clusters_of_the_same_name_on_pages_of_every_size() {
    UUID parent = folders.add("parent", root);
    String folder = "0 same-name " + folders.add("same-name", parent);
    String last = "0 zebra " + folders.add("zebra", parent);
    String first = "1 aardvark " + clusters.add("aardvark", parent);
    String cluster = "1 same-name " + clusters.add("same-name", parent);
    folders.add("elsewhere", root);
    clusters.add("elsewhere", root);
    Shown everything = new Shown(tree(tenant).folders().keySet(), true, Set.of());

    assertThat(contents(parent, everything).assertShows(List.of(folder, last, first, cluster)))
        .containsExactly(folder, last, first, cluster);
  }

  @Test
  void of_the_contents_only_what_may_be_seen_is_shown() {
    UUID seen = folders.add("seen", root);
    folders.add("unseen", root);
    UUID alsoSeen = clusters.add("seen", root);
    clusters.add("unseen", root);

    assertThat(contents(root, new Shown(Set.of(seen), false, Set.of(alsoSeen))).all(SortOrder.ASC))
        .containsExactly("0 seen " + seen, "1 seen " + alsoSeen);
    assertThat(contents(root, new Shown(Set.of(), false, Set.of())).all(SortOrder.ASC)).isEmpty();
    assertThat(contents(root, new Shown(Set.of(), true, Set.of())).all(SortOrder.ASC)).hasSize(2);
  }

  @Test
  void a_deleted_cluster_stands_in_no_folder_any_more() {
    UUID folder = folders.add("soon-empty", root);
    UUID cluster = clusters.add("soon-gone", folder);
    assertThat(holds(folder, cluster)).isTrue();
    assertThat(hasClusters(folder)).isTrue();

    clusters.delete(cluster);

    assertThat(holds(folder, cluster)).isFalse();
    assertThat(hasClusters(folder)).isFalse();
    assertThat(contents(folder, new Shown(Set.of(), true, Set.of(cluster))).all(SortOrder.ASC))
        .isEmpty();
  }

  private boolean hasClusters(UUID folder) {
    return transactions.read(session -> store.hasClusters(tenant, session, folder));
  }

  private boolean holds(UUID folder, UUID cluster) {
    return transactions.read(session -> store.standsIn(tenant, session, folder, Set.of(cluster)));
  }
}
