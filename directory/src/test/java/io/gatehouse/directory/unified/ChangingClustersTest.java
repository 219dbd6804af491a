package io.gatehouse.directory.unified;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.directory.Cursor;
import io.gatehouse.directory.FakeCockroachDbCloud;
import io.gatehouse.directory.GatewayKit;
import io.gatehouse.directory.ScriptedUpstream;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.connector.Source;
import io.gatehouse.directory.gateway.ResourcePages;
import io.gatehouse.directory.gateway.UpstreamAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clusters come and go while a list is read page by page; who stays is shown exactly once. */
final class ChangingClustersTest {
  private static final Connector CONNECTOR = GatewayKit.connector("cockroachdbcloud");
  private static final List<Source> SOURCES =
      Objects.requireNonNull(CONNECTOR.unified().get("user-directory/users")).sources();

  private final FakeCockroachDbCloud cloud = new FakeCockroachDbCloud();
  private final ScriptedUpstream upstream = new ScriptedUpstream(cloud);
  private final GatewayKit kit = new GatewayKit(upstream);
  private final UpstreamAccount account = kit.account(CONNECTOR);

  @AfterEach
  void close() {
    kit.close();
    upstream.close();
  }

  @Test
  void the_cluster_of_the_walk_and_earlier_ones_are_deleted() {
    clusters("c1", "c2", "c3", "c4", "c5");
    Position at = walk(start(), 5, "c1:amy", "c1:bob", "c2:amy", "c2:bob", "c3:amy");
    delete("c1", "c2", "c3");
    walkToTheEnd(at, "c4:amy", "c4:bob", "c5:amy", "c5:bob");
  }

  @Test
  void earlier_clusters_are_deleted_and_the_walk_goes_on_within_its_own() {
    clusters("c1", "c2", "c3", "c4");
    Position at = walk(start(), 5, "c1:amy", "c1:bob", "c2:amy", "c2:bob", "c3:amy");
    delete("c1", "c2");
    walkToTheEnd(at, "c3:bob", "c4:amy", "c4:bob");
  }

  @Test
  void clusters_are_created_before_the_place_of_the_walk() {
    clusters("c1", "c2", "c3");
    Position at = walk(start(), 3, "c1:amy", "c1:bob", "c2:amy");
    clusters("c0", "c0b");
    delete("c2");
    walkToTheEnd(at, "c3:amy", "c3:bob");
  }

  @Test
  void clusters_are_created_right_at_the_place_of_the_walk() {
    clusters("c1", "c2", "c3");
    Position between = walk(start(), 4, "c1:amy", "c1:bob", "c2:amy", "c2:bob");
    Position within = walk(start(), 3, "c1:amy", "c1:bob", "c2:amy");
    clusters("c1b", "c2b");
    walkToTheEnd(between, "c2b:amy", "c2b:bob", "c3:amy", "c3:bob");
    walkToTheEnd(within, "c2:bob", "c2b:amy", "c2b:bob", "c3:amy", "c3:bob");
  }

  @Test
  void all_clusters_that_were_left_are_deleted() {
    clusters("c1", "c2", "c3");
    Position at = walk(start(), 3, "c1:amy", "c1:bob", "c2:amy");
    delete("c1", "c2", "c3");
    walkToTheEnd(at);
  }

  @Test
  void clusters_come_and_go_during_one_call_and_then_its_own_goes_too() {
    clusters("c1", "c2", "c3", "c4", "c5");
    upstream.now(
        request -> {
          if (request.path().contains("/c3/")) {
            delete("c1");
            clusters("c0", "c1b", "c2b");
          }
          return cloud.answer(request);
        });
    Position at =
        walk(start(), 7, "c1:amy", "c1:bob", "c2:amy", "c2:bob", "c3:amy", "c3:bob", "c4:amy");
    delete("c2", "c4");
    walkToTheEnd(at, "c5:amy", "c5:bob");
  }

  @Test
  void a_walk_whose_time_is_up_has_time_left_to_hold_its_place() {
    clusters("c1", "c2", "c3", "c4");
    upstream.now(
        request -> {
          kit.time().pause(Duration.ofMillis(3_600));
          return cloud.answer(request);
        });
    Position at =
        walk(
            Position.startOf(SOURCES.getLast()),
            100,
            "c1:amy",
            "c1:bob",
            "c2:amy",
            "c2:bob",
            "c3:amy",
            "c3:bob");
    upstream.now(cloud);
    delete("c1", "c2", "c3", "c4");
    clusters("c5");
    walkToTheEnd(at, "c5:amy", "c5:bob");
  }

  @Test
  void a_place_that_cannot_be_held_is_good_as_long_as_its_cluster_is_there() {
    cloud.heedingNoLimit();
    clusters("c1", "c2", "c3", "c4", "c5");
    Position at =
        walk(start(), 7, "c1:amy", "c1:bob", "c2:amy", "c2:bob", "c3:amy", "c3:bob", "c4:amy");
    delete("c3");
    walkToTheEnd(at, "c4:bob", "c5:amy", "c5:bob");
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 7", "3, 10", "4, 25", "5, 60", "6, 100"})
  void who_stays_is_shown_once_whatever_happens_to_others(long seed, int limit) {
    Random random = new Random(seed);
    Set<String> staying = new HashSet<>();
    for (int i = 0; i < 250; i++) {
      clusters("c" + i);
      staying.add("c" + i);
    }
    List<String> seen = new ArrayList<>();
    Optional<Position> at = Optional.of(start());
    while (at.isPresent()) {
      NestedPages.Result result = new NestedPages(pages(), account, SOURCES, limit).from(at.get());
      seen.addAll(ids(result));
      at = result.next().map(ChangingClustersTest::throughCursor);
      for (int i = 0; i < 3; i++) {
        String gone = "c" + random.nextInt(250);
        delete(gone);
        staying.remove(gone);
        clusters("c" + random.nextInt(250) + "-new");
      }
    }
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(staying).isNotEmpty();
    assertThat(staying).allSatisfy(id -> assertThat(seen).contains(id + ":amy", id + ":bob"));
  }

  private void clusters(String... ids) {
    for (String id : ids) {
      cloud.cluster(id, "CREATED", "amy", "bob");
    }
  }

  private void delete(String... ids) {
    List.of(ids).forEach(cloud::remove);
  }

  private static Position start() {
    return Position.startOf(SOURCES.getFirst());
  }

  private ResourcePages pages() {
    return new ResourcePages(kit.gateway());
  }

  /** Gives the place where the walk stopped, as it comes back in a cursor. */
  private Position walk(Position from, int limit, String... expected) {
    NestedPages.Result result = new NestedPages(pages(), account, SOURCES, limit).from(from);
    assertThat(ids(result)).containsExactly(expected);
    return throughCursor(result.next().orElseThrow());
  }

  private void walkToTheEnd(Position from, String... expected) {
    NestedPages.Result result = new NestedPages(pages(), account, SOURCES, 100).from(from);
    assertThat(ids(result)).containsExactly(expected);
    assertThat(result.next()).isEmpty();
  }

  private static Position throughCursor(Position position) {
    return Cursor.decode(Cursor.encode("list", position), "list", Position.class).orElseThrow();
  }

  private static List<String> ids(NestedPages.Result result) {
    UnifiedShape<User> shape = new UnifiedShape<>(CONNECTOR, User.class, true);
    return result.found().stream().map(shape::of).map(User::id).toList();
  }
}
