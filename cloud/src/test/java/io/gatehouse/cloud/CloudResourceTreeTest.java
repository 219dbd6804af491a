package io.gatehouse.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cloud.cluster.ClusterStore;
import io.gatehouse.cloud.cluster.TestClusters;
import io.gatehouse.cloud.folder.FolderStore;
import io.gatehouse.cloud.folder.TestFolders;
import io.gatehouse.cloud.role.RoleStore;
import io.gatehouse.platform.access.ResourcePath;
import io.gatehouse.platform.access.ResourceType;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.store.Epochs;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudResourceTreeTest {
  /** Time stands still, so that what a server knows stays trusted until it hears otherwise. */
  private static final Clock STILL =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  /** One server with its caches. */
  private static final class Server {
    private final Epochs epochs = new Epochs(TestStore.shared().jdbi(), STILL);
    private final Transactions transactions = new Transactions(TestStore.shared().jdbi(), epochs);
    private final CloudResourceTree tree =
        new CloudResourceTree(
            new FolderStore(), new ClusterStore(), new RoleStore(), transactions, epochs);
    private final TestFolders folders;
    private final TestClusters clusters;

    Server(Tenant tenant) {
      this.folders = new TestFolders(tenant, transactions);
      this.clusters = new TestClusters(tenant, transactions);
      epochs.poll();
    }
  }

  private final Tenant tenant = new Tenant(UUID.randomUUID());
  private final UUID root = tenant.organization();
  private final Server here = new Server(tenant);
  private final Server elsewhere = new Server(tenant);
  private UUID outer = root;
  private UUID inner = root;
  private UUID cluster = root;

  @BeforeEach
  void makeATree() {
    outer = here.folders.add("outer", root);
    inner = here.folders.add("inner", outer);
    cluster = here.clusters.add("in-the-tree", inner);
  }

  private Optional<ResourcePath> pathOfCluster() {
    return here.tree.path(tenant, ResourceType.CLUSTER, cluster);
  }

  private Optional<ResourcePath> way(Scope... below) {
    List<Scope> scopes =
        Stream.concat(Arrays.stream(below), Stream.of(Scope.organization(tenant))).toList();
    return Optional.of(new ResourcePath(scopes));
  }

  private Optional<ResourcePath> wayThroughBoth() {
    return way(Scope.cluster(cluster), Scope.folder(inner), Scope.folder(outer));
  }

  @Test
  void a_way_leads_from_a_cluster_through_its_folders_to_the_organization() {
    assertThat(pathOfCluster()).isEqualTo(wayThroughBoth());
    assertThat(here.tree.path(tenant, ResourceType.FOLDER, inner))
        .isEqualTo(way(Scope.folder(inner), Scope.folder(outer)));
    assertThat(here.tree.path(tenant, ResourceType.ORGANIZATION, root)).isEqualTo(way());
  }

  @Test
  void the_id_of_a_folder_is_none_of_a_cluster_nor_the_other_way_round() {
    assertThat(here.tree.path(tenant, ResourceType.CLUSTER, inner)).isEmpty();
    assertThat(here.tree.path(tenant, ResourceType.FOLDER, cluster)).isEmpty();
  }

  @Test
  void nobody_finds_what_is_another_organizations_even_when_the_way_is_known_here() {
    Tenant other = new Tenant(UUID.randomUUID());

    assertThat(pathOfCluster()).isPresent();
    assertThat(here.tree.path(other, ResourceType.CLUSTER, cluster)).isEmpty();
    assertThat(here.tree.path(other, ResourceType.FOLDER, inner)).isEmpty();
  }

  @Test
  void what_stands_deep_in_a_folder_that_moves_is_found_in_its_new_place_at_once() {
    UUID third = here.folders.add("third", root);
    assertThat(pathOfCluster()).isEqualTo(wayThroughBoth());

    here.folders.move(inner, third);

    assertThat(pathOfCluster())
        .isEqualTo(way(Scope.cluster(cluster), Scope.folder(inner), Scope.folder(third)));
  }

  @Test
  void what_was_not_there_is_found_as_soon_as_it_is() {
    UUID none = UUID.randomUUID();
    assertThat(here.tree.path(tenant, ResourceType.CLUSTER, none)).isEmpty();

    UUID made = elsewhere.clusters.add("made-elsewhere", outer);

    assertThat(here.tree.path(tenant, ResourceType.CLUSTER, made))
        .isEqualTo(way(Scope.cluster(made), Scope.folder(outer)));
  }

  @Test
  void a_move_elsewhere_is_known_at_the_next_poll_and_until_then_the_store_is_not_asked() {
    here.epochs.poll();
    pathOfCluster();
    elsewhere.folders.move(inner, root);

    assertThat(pathOfCluster()).isEqualTo(wayThroughBoth());

    here.epochs.poll();
    assertThat(pathOfCluster()).isEqualTo(way(Scope.cluster(cluster), Scope.folder(inner)));
  }

  @Test
  void a_move_in_another_organization_makes_nothing_forgotten() {
    here.epochs.poll();
    pathOfCluster();
    Tenant other = new Tenant(UUID.randomUUID());
    elsewhere.folders.move(inner, root);

    new TestFolders(other, here.transactions).add("outer", other.organization());

    assertThat(pathOfCluster()).isEqualTo(wayThroughBoth());
  }

  @Test
  void a_transaction_sees_the_way_as_it_is_past_what_is_remembered() {
    here.epochs.poll();
    pathOfCluster();
    elsewhere.folders.move(inner, root);

    Optional<ResourcePath> seen =
        here.transactions.read(
            session -> here.tree.path(tenant, session, ResourceType.CLUSTER, cluster));

    assertThat(seen).isEqualTo(way(Scope.cluster(cluster), Scope.folder(inner)));
    assertThat(pathOfCluster()).isEqualTo(wayThroughBoth());
  }

  @Test
  void a_deleted_cluster_keeps_its_way_but_is_no_place_for_roles_any_more() {
    assertThat(placeForRoles(ResourceType.CLUSTER, cluster)).isEqualTo(wayThroughBoth());

    here.clusters.delete(cluster);

    assertThat(pathOfCluster()).isEqualTo(wayThroughBoth());
    assertThat(placeForRoles(ResourceType.CLUSTER, cluster)).isEmpty();
    assertThat(placeForRoles(ResourceType.FOLDER, inner))
        .isEqualTo(way(Scope.folder(inner), Scope.folder(outer)));
  }

  private Optional<ResourcePath> placeForRoles(ResourceType type, UUID id) {
    return here.transactions.read(session -> here.tree.pathOfPresent(tenant, session, type, id));
  }
}
