package io.gatehouse.platform.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.error.GatehouseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  private final TreeSet<String> rows = new TreeSet<>(List.of("a", "b", "c", "d", "e", "f", "g"));

  private Page<String> page(SortOrder order, int limit, String token) {
    PageRequest request = new PageRequest("letters", order, limit, Optional.of(token));
    return Pages.page(request, List::of, this::window);
  }

  private List<String> window(Window window) {
    boolean up = window.order() == SortOrder.ASC;
    Comparator<String> order = up ? Comparator.naturalOrder() : Comparator.reverseOrder();
    return rows.stream()
        .sorted(order)
        .filter(
            row -> window.after().isEmpty() || order.compare(row, window.after().getFirst()) > 0)
        .limit(window.limit())
        .toList();
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
}
