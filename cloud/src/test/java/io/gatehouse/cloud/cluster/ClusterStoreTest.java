package io.gatehouse.cloud.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cloud.Paging;
import io.gatehouse.cloud.TestStore;
import io.gatehouse.cloud.cluster.Cluster.Wanted;
import io.gatehouse.cloud.cluster.ClusterRequests.SortBy;
import io.gatehouse.cloud.cluster.ClusterStore.Filter;
import io.gatehouse.platform.paging.SortOrder;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterStoreTest {
  private static final Filter ALL = new Filter(true, Set.of(), Set.of(), false);
  private static final Filter ALL_AND_INACTIVE = new Filter(true, Set.of(), Set.of(), true);

  private final ClusterStore store = new ClusterStore();
  private final Transactions transactions = TestStore.transactions();
  private final Tenant tenant = new Tenant(UUID.randomUUID());
  private final UUID root = tenant.organization();
  private final TestClusters clusters = new TestClusters(tenant);

  private static ClusterSpec larger(long cpus) {
    return new ClusterSpec.Serverless(
        Plan.STANDARD,
        List.of("us-central1"),
        null,
        UpgradeType.MANUAL,
        new UsageLimits(null, null, cpus));
  }

  static List<ClusterSpec> specs() {
    return List.of(
        TestClusters.SPEC,
        larger(8),
        new ClusterSpec.Serverless(
            Plan.BASIC,
            List.of("us-east1", "us-west2"),
            "us-west2",
            UpgradeType.AUTOMATIC,
            new UsageLimits(Long.MAX_VALUE, 1L, null)),
        new ClusterSpec.Dedicated(
            new TreeMap<>(Map.of("us-east1", 3, "us-west2", 5)),
            new Hardware("n2-standard-4", 4, 15, 16.0, 450),
            "172.28.0.0/14",
            NetworkVisibility.PRIVATE));
  }

  @Test
  void a_cluster_is_read_as_it_was_written() {
    for (ClusterSpec spec : specs()) {
      Cluster written =
          clusters.add(
              clusters.fresh(
                  "written-" + specs().indexOf(spec), root, TestClusters.CREATED_AT, spec));

      assertThat(clusters.find(written.id())).isEqualTo(written);
    }
  }

  @Test
  void a_change_is_read_as_it_was_written_with_the_next_version() {
    UUID id = clusters.add("changed", root);
    Cluster settled = clusters.settle(id);
    UUID folder = UUID.randomUUID();
    Instant at = TestClusters.CREATED_AT.plusSeconds(1);
    Cluster wanted =
        settled
            .placed(new Cluster.Placement(folder, Map.of(), false))
            .changed(larger(16))
            .deleted(at);

    assertThat(clusters.write(wanted)).isTrue();

    assertThat(clusters.find(id))
        .usingRecursiveComparison()
        .ignoringFields("updatedAt", "version")
        .isEqualTo(wanted);
    assertThat(clusters.find(id).version()).isEqualTo(settled.version() + 1);
    assertThat(clusters.find(id).updatedAt()).isAfter(settled.createdAt());
  }

  @Test
  void every_other_wish_is_the_next_generation_and_is_settled_only_by_what_saw_it() {
    Cluster settled = clusters.settle(clusters.add("generations", root));
    Cluster changed = settled.changed(larger(4));
    Cluster deleted = changed.deleted(TestClusters.CREATED_AT);

    assertThat(settled.isSettled()).isTrue();
    assertThat(settled.placed(settled.placement()).isSettled()).isTrue();
    assertThat(changed.goal().generation()).isEqualTo(2);
    assertThat(changed.isSettled()).isFalse();
    assertThat(deleted.goal().generation()).isEqualTo(3);
    assertThat(deleted.gone().isSettled()).isTrue();
    assertThat(settled.failed("no disk").isSettled()).isFalse();
  }

  @Test
  void who_saw_an_older_wish_made_real_writes_nothing_over_a_newer_one() {
    UUID id = clusters.add("late-actor", root);
    Cluster seenByLateActor = clusters.find(id);
    Cluster deleted = clusters.change(id, now -> now.deleted(TestClusters.CREATED_AT));

    boolean written = clusters.write(seenByLateActor.serving(TestClusters.ENDPOINT));

    assertThat(written).isFalse();
    assertThat(clusters.find(id)).isEqualTo(deleted);
    assertThat(clusters.find(id).isSettled()).isFalse();
  }

  @Test
  void of_many_that_read_the_same_row_and_write_at_once_exactly_one_wins() throws Exception {
    UUID id = clusters.add("contested", root);
    Cluster seen = clusters.settle(id);
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Cluster wanted = seen.changed(larger(2 + i));
      writers.add(() -> clusters.write(wanted));
    }
    List<Boolean> won = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(writers.size())) {
      for (var written : threads.invokeAll(writers)) {
        won.add(written.get());
      }
    }

    Cluster after = clusters.find(id);
    assertThat(Collections.frequency(won, true)).isEqualTo(1);
    assertThat(after.version()).isEqualTo(seen.version() + 1);
    assertThat(after.spec().virtualCpus()).isEqualTo(2 + won.indexOf(true));
  }

  @Test
  void a_cluster_is_there_for_its_own_organization_alone() {
    UUID id = clusters.add("own", root);
    Tenant other = new Tenant(UUID.randomUUID());
    TestClusters stranger = new TestClusters(other);
    Cluster seen = clusters.find(id);

    assertThat(stranger.write(seen.deleted(TestClusters.CREATED_AT))).isFalse();
    assertThat(clusters.find(id)).isEqualTo(seen);
    assertThat(transactions.<Optional<Cluster>>read(session -> store.find(other, session, id)))
        .isEmpty();
    assertThat(transactions.<Optional<UUID>>read(session -> store.parentOf(other, session, id)))
        .isEmpty();
    assertThat(transactions.<Boolean>read(session -> store.isActive(other, session, id))).isFalse();
    Filter byId = new Filter(false, Set.of(root), Set.of(id), false);
    assertThat(list(other, ALL_AND_INACTIVE, SortBy.NAME).all(SortOrder.ASC)).isEmpty();
    assertThat(list(other, byId, SortBy.NAME).all(SortOrder.ASC)).isEmpty();
  }

  @Test
  void a_server_looks_after_what_is_there_or_not_yet_gone_on_it_and_nothing_else() {
    UUID fresh = clusters.add("fresh", root);
    UUID settled = clusters.settle(clusters.add("settled", root)).id();
    UUID goingAway = clusters.add("going-away", root);
    clusters.delete(goingAway);
    UUID gone = clusters.add("gone", root);
    clusters.delete(gone);
    clusters.change(gone, Cluster::gone);
    UUID elsewhere = new TestClusters(tenant).add("elsewhere", root);

    assertThat(here(Wanted.PRESENT))
        .containsExactlyInAnyOrder(fresh, settled)
        .doesNotContain(elsewhere);
    assertThat(here(Wanted.ABSENT)).containsExactly(goingAway).doesNotContain(gone);
  }

  private List<UUID> here(Wanted wanted) {
    return transactions.read(session -> store.idsOnHost(session, clusters.host(), wanted));
  }

  private Paging<Cluster> list(Tenant of, Filter filter, SortBy sortBy) {
    return new Paging<>(
        ClusterStore.sortKey(sortBy),
        cluster ->
            List.of(
                switch (sortBy) {
                  case NAME -> cluster.name();
                  case CREATED_AT -> cluster.createdAt().toString();
                  case DELETED_AT ->
                      cluster.condition().deletedAt().orElse(ClusterStore.NEVER).toString();
                },
                cluster.id().toString()),
        window -> transactions.read(session -> store.list(of, session, filter, sortBy, window)));
  }

  private Cluster made(String name, UUID parentId, Instant createdAt, @Nullable Instant deletedAt) {
    Cluster made = clusters.add(clusters.fresh(name, parentId, createdAt, TestClusters.SPEC));
    return deletedAt == null ? made : clusters.change(made.id(), now -> now.deleted(deletedAt));
  }

  /**
   * Clusters with ties in every sort key: some of one name, of one moment, deleted at one moment.
   */
  private List<Cluster> ties() {
    Instant first = TestClusters.CREATED_AT;
    Instant second = first.plusNanos(1000);
    return List.of(
        made("same-name", root, first, second),
        made("same-name", root, first, second),
        made("same-name", root, second, first),
        made("same-name", root, second, null),
        made("one", root, first, null),
        made("two", root, first, null),
        made("three", root, second, second));
  }

  @ParameterizedTest
  @EnumSource(SortBy.class)
  void every_page_shows_clusters_of_the_same_name_or_moment_once_each(SortBy sortBy) {
    List<Cluster> ties = ties();

    List<Cluster> shown = list(tenant, ALL_AND_INACTIVE, sortBy).assertShows(ties);

    assertThat(shown).isSortedAccordingTo(order(sortBy));
  }

  private static Comparator<Cluster> order(SortBy sortBy) {
    Comparator<Cluster> byId = Comparator.comparing(cluster -> cluster.id().toString());
    return switch (sortBy) {
      case NAME -> Comparator.comparing(Cluster::name).thenComparing(byId);
      case CREATED_AT -> Comparator.comparing(Cluster::createdAt).thenComparing(byId);
      case DELETED_AT ->
          Comparator.comparing(
                  (Cluster cluster) -> cluster.condition().deletedAt().orElse(ClusterStore.NEVER))
              .thenComparing(byId);
    };
  }

  @Test
  void what_is_gone_is_listed_only_where_it_is_asked_for() {
    List<Cluster> there = ties().stream().filter(cluster -> cluster.state().isActive()).toList();

    assertThat(there).hasSize(3);
    list(tenant, ALL, SortBy.NAME).assertShows(there);
  }

  @ParameterizedTest
  @EnumSource(SortBy.class)
  void who_sees_some_folders_and_clusters_sees_what_is_in_both_once(SortBy sortBy) {
    UUID folder = UUID.randomUUID();
    UUID another = UUID.randomUUID();
    Instant at = TestClusters.CREATED_AT;
    Cluster inFolder = made("in-folder", folder, at, null);
    Cluster inFolderAndNamed = made("in-folder-and-named", folder, at, null);
    Cluster inAnother = made("in-another", another, at, null);
    Cluster named = made("named", root, at.plusSeconds(1), null);
    Cluster goneInFolder = made("gone-in-folder", folder, at, at);
    made("at-the-root", root, at, null);
    made("in-a-third", UUID.randomUUID(), at, null);
    Filter filter =
        new Filter(
            false,
            Set.of(folder, another),
            Set.of(inFolderAndNamed.id(), named.id(), goneInFolder.id(), UUID.randomUUID()),
            false);

    list(tenant, filter, sortBy).assertShows(List.of(inFolder, inFolderAndNamed, inAnother, named));
  }

  @Test
  void who_sees_nothing_is_shown_nothing() {
    made("hidden", root, TestClusters.CREATED_AT, null);

    Filter nothing = new Filter(false, Set.of(), Set.of(), false);

    assertThat(list(tenant, nothing, SortBy.NAME).all(SortOrder.ASC)).isEmpty();
    assertThat(list(tenant, ALL, SortBy.NAME).all(SortOrder.ASC)).hasSize(1);
  }
}
