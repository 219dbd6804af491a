package io.gatehouse.platform.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.error.GatehouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  private static final SortKey BY_NAME = SortKey.of(SortKey.text("name"));

  private final TreeSet<String> rows = new TreeSet<>(List.of("a", "b", "c", "d", "e", "f", "g"));

  private Page<String> page(SortOrder order, int limit, String token) {
    PageRequest request = new PageRequest("letters", order, limit, Optional.of(token));
    return Pages.page(request, BY_NAME, List::of, window -> window.among(rows, List::of));
  }

  @ParameterizedTest
  @EnumSource(SortOrder.class)
  void every_page_size_shows_every_row_once_in_order(SortOrder order) {
    List<String> expected = new ArrayList<>(rows);
    if (order == SortOrder.DESC) {
      expected = expected.reversed();
    }
    for (int limit = 1; limit <= rows.size() + 1; limit++) {
      List<String> seen = new ArrayList<>();
      String token = "";
      do {
        Page<String> page = page(order, limit, token);
        seen.addAll(page.items());
        token = page.nextPage();
      } while (!token.isEmpty());
      assertThat(seen).as("limit " + limit).isEqualTo(expected);
    }
  }

  @Test
  void the_page_before_is_the_one_that_was_seen_before() {
    Page<String> first = page(SortOrder.ASC, 3, "");
    Page<String> second = page(SortOrder.ASC, 3, first.nextPage());

    assertThat(first.previousPage()).isEmpty();
    assertThat(page(SortOrder.ASC, 3, second.previousPage()).items()).isEqualTo(first.items());
  }

  @Test
  void rows_that_come_and_go_between_pages_move_no_other() {
    Page<String> first = page(SortOrder.ASC, 3, "");
    rows.remove("c");
    rows.add("aa");

    assertThat(page(SortOrder.ASC, 3, first.nextPage()).items()).containsExactly("d", "e", "f");
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "e30", "bnVsbA", "W10", "eyJ2ZXJzaW9uIjoxfQ", "%%%"})
  void what_is_no_token_is_refused(String token) {
    assertThatThrownBy(() -> page(SortOrder.ASC, 3, token))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("pagination.page");
  }

  @Test
  void a_token_of_another_order_or_list_is_refused() {
    String token = page(SortOrder.ASC, 3, "").nextPage();

    assertThatThrownBy(() -> page(SortOrder.DESC, 3, token))
        .hasMessageContaining("belongs to another list or another order");
  }

  static List<List<String>> forgedKeys() {
    String time = "2026-01-01T00:00:00Z";
    String id = "01a20f0f-4a90-7ff1-a3d9-3b40a7502f7d";
    return List.of(
        List.of(),
        List.of("1", time),
        List.of("1", time, id, "more"),
        List.of("one", time, id),
        List.of("-1", time, id),
        List.of("1", "yesterday", id),
        List.of("1", "+300000-01-01T00:00:00Z", id),
        List.of("1", "-0001-01-01T00:00:00Z", id),
        List.of("1", time, "1-2-3-4-5"));
  }

  @ParameterizedTest
  @MethodSource("forgedKeys")
  void a_token_whose_key_no_row_can_have_is_refused(List<String> key) {
    SortKey sortKey =
        SortKey.of(SortKey.number("kind"), SortKey.time("created_at"), SortKey.id("row_id"));
    PageRequest first = new PageRequest("forged", SortOrder.ASC, 3, Optional.empty());
    String token = PageToken.of(first, false, key).encode();
    PageRequest request = new PageRequest("forged", SortOrder.ASC, 3, Optional.of(token));

    assertThatThrownBy(() -> Pages.page(request, sortKey, (String row) -> key, window -> List.of()))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("is not a token of this API");
  }

  @Test
  void a_text_with_NUL_is_no_key_either() {
    PageRequest first = new PageRequest("letters", SortOrder.ASC, 3, Optional.empty());
    String token = PageToken.of(first, false, List.of("a\0")).encode();

    assertThatThrownBy(() -> page(SortOrder.ASC, 3, token))
        .hasMessageContaining("is not a token of this API");
  }
}
