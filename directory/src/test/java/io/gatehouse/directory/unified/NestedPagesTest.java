package io.gatehouse.directory.unified;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.directory.Cursor;
import io.gatehouse.directory.FakeCockroachDbCloud;
import io.gatehouse.directory.GatewayKit;
import io.gatehouse.directory.ScriptedUpstream;
import io.gatehouse.directory.ScriptedUpstream.Answer;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.connector.Source;
import io.gatehouse.directory.gateway.GatewayConfig;
import io.gatehouse.directory.gateway.ResourcePages;
import io.gatehouse.directory.gateway.UpstreamAccount;
import io.gatehouse.platform.error.GatehouseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A unified list shows each record once, however it is cut and whatever happens meanwhile. */
final class NestedPagesTest {
  private static final Connector CONNECTOR = GatewayKit.connector("cockroachdbcloud");
  private static final List<Source> SOURCES =
      Objects.requireNonNull(CONNECTOR.unified().get("user-directory/users")).sources();
  private static final List<String> ALL =
      List.of("s1", "s2", "s3", "c1:amy", "c1:bob", "c1:cid", "c4:dan", "c5:eve", "c5:fay");

  private final FakeCockroachDbCloud cloud =
      new FakeCockroachDbCloud()
          .serviceAccount("s1", "first")
          .serviceAccount("s2", "second")
          .serviceAccount("s3", "third")
          .cluster("c1", "CREATED", "amy", "bob", "cid")
          .cluster("c2", "CREATED")
          .cluster("c3", "CREATING", "ghost")
          .cluster("c4", "CREATED", "dan")
          .cluster("c5", "CREATED", "eve", "fay");
  private final ScriptedUpstream upstream = new ScriptedUpstream(cloud);
  private final GatewayKit kit = new GatewayKit(upstream);
  private final UpstreamAccount account = kit.account(CONNECTOR);
  private boolean partial;

  static IntStream limits() {
    return IntStream.rangeClosed(1, 10);
  }

  @AfterEach
  void close() {
    kit.close();
    upstream.close();
  }

  @ParameterizedTest
  @MethodSource("limits")
  void each_record_comes_once_at_every_limit(int limit) {
    assertThat(walkAll(limit)).isEqualTo(ALL);
    assertThat(partial).isFalse();
  }

  @ParameterizedTest
  @MethodSource("limits")
  void each_record_comes_once_from_an_upstream_that_heeds_no_limit(int limit) {
    cloud.heedingNoLimit();
    assertThat(walkAll(limit)).isEqualTo(ALL);
  }

  @Test
  void a_page_that_holds_everything_is_the_last_one() {
    assertThat(walk(Position.startOf(SOURCES.getFirst()), 100).next()).isEmpty();
    assertThat(walk(Position.startOf(SOURCES.getFirst()), ALL.size()).next()).isEmpty();
  }

  @Test
  void no_more_is_read_than_is_wanted() {
    walk(Position.startOf(SOURCES.getFirst()), 2);
    assertThat(upstream.requests()).hasSize(1);
    assertThat(upstream.requests().getFirst().query()).containsEntry("pagination.limit", "2");
  }

  @Test
  void a_cluster_deleted_between_two_calls_is_passed_over() {
    NestedPages.Result first = walk(Position.startOf(SOURCES.getFirst()), 4);
    assertThat(ids(first)).containsExactly("s1", "s2", "s3", "c1:amy");
    cloud.remove("c1");
    assertThat(ids(walk(first.next().orElseThrow(), 100)))
        .containsExactly("c4:dan", "c5:eve", "c5:fay");
  }

  @Test
  void a_cluster_deleted_before_the_place_of_the_walk_hides_nothing() {
    NestedPages.Result first = walk(Position.startOf(SOURCES.getFirst()), 7);
    assertThat(ids(first)).last().isEqualTo("c4:dan");
    cloud.remove("c2");
    cloud.remove("c1");
    assertThat(ids(walk(first.next().orElseThrow(), 100))).containsExactly("c5:eve", "c5:fay");
  }

  @Test
  void a_cluster_deleted_within_one_call_is_no_error() {
    upstream.now(
        request ->
            request.path().contains("/c4/")
                ? Answer.of(404, "{\"code\":5,\"message\":\"cluster not found\"}")
                : cloud.answer(request));
    assertThat(walkAll(100)).doesNotContain("c4:dan").contains("c5:eve");
    assertThat(partial).isFalse();
  }

  @Test
  void the_users_of_a_cluster_that_is_being_changed_are_listed() {
    cloud.cluster("c4", "LOCKED", "dan");
    assertThat(walkAll(100)).isEqualTo(ALL);
    assertThat(partial).isFalse();
  }

  @Test
  void a_cluster_that_does_not_serve_makes_the_answer_partial() {
    cloud.cluster("c4", "LOCKED", "dan");
    cloud.stopServing("c4");
    assertThat(walkAll(100)).doesNotContain("c4:dan").contains("c5:eve", "c5:fay");
    assertThat(partial).isTrue();
    assertThat(upstream.requests().stream().filter(r -> r.path().contains("/c4/"))).hasSize(4);
  }

  @Test
  void a_lock_that_is_told_as_a_conflict_makes_the_answer_partial_too() {
    upstream.now(
        request -> request.path().contains("/c4/") ? Answer.of(409, "{}") : cloud.answer(request));
    assertThat(walkAll(100)).doesNotContain("c4:dan").contains("c5:eve");
    assertThat(partial).isTrue();
  }

  @Test
  void a_cluster_that_may_not_be_read_is_an_error() {
    upstream.now(
        request -> request.path().contains("/c4/") ? Answer.of(403, "{}") : cloud.answer(request));
    assertThatThrownBy(() -> walkAll(100)).isInstanceOf(GatehouseException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MAX_VALUE})
  void a_forged_place_is_no_cursor(int place) {
    Map<String, Object> forged =
        Map.of(
            "source",
            "sql-user",
            "page",
            "",
            "offset",
            place,
            "parent_page",
            "",
            "parent_index",
            place,
            "parent_id",
            "c1");
    assertThatThrownBy(() -> Cursor.decode(Cursor.encode("list", forged), "list", Position.class))
        .hasMessageContaining("next_cursor: is not a cursor of this API");
  }

  @Test
  void one_source_can_be_walked_alone() {
    NestedPages walk = new NestedPages(pages(), account, List.of(SOURCES.getLast()), 100);
    assertThat(ids(walk.from(Position.startOf(SOURCES.getLast()))))
        .isEqualTo(ALL.subList(3, ALL.size()));
  }

  @Test
  void a_walk_over_many_empty_clusters_stops_early_and_can_be_taken_up() {
    for (int i = 0; i < 120; i++) {
      cloud.cluster("empty" + i, "CREATED");
    }
    cloud.cluster("last", "CREATED", "zoe");
    NestedPages.Result first = walk(Position.startOf(SOURCES.getFirst()), 100);
    assertThat(upstream.requests()).as("pages, and one more for the place").hasSize(51);
    assertThat(first.next()).isPresent();
    assertThat(walkAll(100)).hasSize(ALL.size() + 1).last().isEqualTo("last:zoe");
  }

  @Test
  void a_walk_that_has_read_much_stops_with_what_it_found() {
    String padding = "x".repeat(1_500_000);
    upstream.now(
        request -> {
          String page = request.query().getOrDefault("pagination.page", "");
          return Answer.ok(
              "{\"service_accounts\":[{\"id\":\"s\",\"padding\":\"%s\"}],".formatted(padding)
                  + "\"pagination\":{\"next_page\":\"%sx\"}}".formatted(page));
        });
    GatewayConfig generous = GatewayKit.config(Duration.ofSeconds(5), 2_000_000);
    try (GatewayKit generousKit = new GatewayKit(upstream, generous)) {
      var generousPages = new ResourcePages(generousKit.gateway());
      NestedPages.Result result =
          new NestedPages(generousPages, account, SOURCES, 100)
              .from(Position.startOf(SOURCES.getFirst()));
      assertThat(result.found()).hasSize(3);
      assertThat(result.next()).isPresent();
    }
  }

  @Test
  void a_walk_whose_time_is_up_stops_with_what_it_found() {
    upstream.now(
        request -> {
          kit.time().pause(Duration.ofSeconds(4));
          return cloud.answer(request);
        });
    NestedPages.Result first = walk(Position.startOf(SOURCES.getFirst()), 100);
    assertThat(ids(first)).isEqualTo(ALL.subList(0, 6));
    upstream.now(cloud);
    assertThat(ids(walk(first.next().orElseThrow(), 100))).isEqualTo(ALL.subList(6, ALL.size()));
  }

  @Test
  void a_walk_whose_time_is_up_has_got_somewhere_even_if_it_found_nothing() {
    cloud.remove("c1");
    upstream.now(
        request -> {
          kit.time().pause(Duration.ofSeconds(8));
          return cloud.answer(request);
        });
    Position start = Position.startOf(SOURCES.getLast());
    NestedPages.Result first = walk(start, 100);
    assertThat(first.found()).isEmpty();
    assertThat(first.next()).isPresent().get().isNotEqualTo(start);
  }

  @Test
  void a_limit_that_is_met_on_the_way_does_not_spoil_what_was_found() {
    upstream.now(
        request ->
            request.path().contains("/c4/")
                ? Answer.of(429, "{}").with("Retry-After", "60")
                : cloud.answer(request));
    NestedPages.Result first = walk(Position.startOf(SOURCES.getFirst()), 100);
    assertThat(ids(first)).isEqualTo(ALL.subList(0, 6));
    Position at = first.next().orElseThrow();
    assertThatThrownBy(() -> walk(at, 100)).hasMessageContaining("limits the rate of calls");
    upstream.now(cloud);
    assertThat(ids(walk(at, 100))).isEqualTo(ALL.subList(6, ALL.size()));
  }

  @Test
  void clusters_beyond_the_first_page_of_clusters_are_walked() {
    for (int i = 0; i < 120; i++) {
      cloud.cluster("more" + i, "CREATED", "user");
    }
    assertThat(walkAll(7)).hasSize(ALL.size() + 120).doesNotHaveDuplicates();
  }

  @Test
  void a_page_that_is_followed_by_itself_is_an_error() {
    upstream.now(
        request -> Answer.ok("{\"service_accounts\":[],\"pagination\":{\"next_page\":\"again\"}}"));
    assertThatThrownBy(() -> walkAll(10)).hasMessageContaining("is itself");
  }

  @Test
  void pages_that_go_round_in_a_circle_are_an_error() {
    upstream.now(
        request -> {
          boolean there = "there".equals(request.query().get("pagination.page"));
          String next = there ? "back" : "there";
          return Answer.ok(
              "{\"service_accounts\":[],\"pagination\":{\"next_page\":\"" + next + "\"}}");
        });
    assertThatThrownBy(() -> walkAll(10)).hasMessageContaining("go round in a circle");
  }

  @Test
  void a_cluster_without_an_id_is_an_error() {
    cloud.cluster("", "CREATED", "amy");
    assertThatThrownBy(() -> walkAll(100))
        .hasMessageContaining("a record of clusters has no usable id");
  }

  @Test
  void an_answer_without_the_list_is_an_error() {
    upstream.now(request -> Answer.ok("{\"users\":[]}"));
    assertThatThrownBy(() -> walkAll(10)).hasMessageContaining("no list of service-accounts");
  }

  /** All records, read page by page with positions that went through a cursor. */
  private List<String> walkAll(int limit) {
    List<String> ids = new ArrayList<>();
    Optional<Position> at = Optional.of(Position.startOf(SOURCES.getFirst()));
    for (int calls = 0; at.isPresent(); calls++) {
      assertThat(calls).as("calls").isLessThan(200);
      NestedPages.Result result = walk(at.get(), limit);
      assertThat(result.found().size()).isLessThanOrEqualTo(limit);
      ids.addAll(ids(result));
      partial |= result.isPartial();
      at = result.next().flatMap(NestedPagesTest::throughCursor);
    }
    return ids;
  }

  private static Optional<Position> throughCursor(Position position) {
    return Cursor.decode(Cursor.encode("list", position), "list", Position.class);
  }

  private NestedPages.Result walk(Position from, int limit) {
    return new NestedPages(pages(), account, SOURCES, limit).from(from);
  }

  private ResourcePages pages() {
    return new ResourcePages(kit.gateway());
  }

  private List<String> ids(NestedPages.Result result) {
    UnifiedShape<User> shape = new UnifiedShape<>(CONNECTOR, User.class, true);
    return result.found().stream().map(shape::of).map(User::id).toList();
  }
}
