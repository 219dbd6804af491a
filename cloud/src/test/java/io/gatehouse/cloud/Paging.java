package io.gatehouse.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.platform.paging.KeysetRange;
import io.gatehouse.platform.paging.Page;
import io.gatehouse.platform.paging.PageRequest;
import io.gatehouse.platform.paging.Pages;
import io.gatehouse.platform.paging.SortKey;
import io.gatehouse.platform.paging.SortOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A list of a store, read page by page.
 *
 * @param sortKey what the store sorts it by
 * @param key what a row has there
 * @param query the store's query
 */
public record Paging<T>(
    SortKey sortKey, Function<T, List<String>> key, Function<KeysetRange, List<T>> query) {

  /** Everything, in one page. */
  public List<T> all(SortOrder order) {
    return page(order, PageRequest.MAX, "").items();
  }

  /**
   * Reads the list in pages of every size, there and back again in both directions, and expects
   * exactly these rows; returns them in the order that rises. A list that does not end is given up
   * once it has shown more than there is.
   */
  public List<T> assertShows(List<T> expected) {
    List<T> all = all(SortOrder.ASC);
    assertThat(all).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(all(SortOrder.DESC)).isEqualTo(all.reversed());
    for (int limit = 1; limit <= all.size() + 1; limit++) {
      for (SortOrder order : SortOrder.values()) {
        List<T> inOrder = order == SortOrder.ASC ? all : all.reversed();
        assertThat(thereAndBack(order, limit)).as(order + " by " + limit).isEqualTo(inOrder);
      }
    }
    return all;
  }

  private List<T> thereAndBack(SortOrder order, int limit) {
    List<T> there = new ArrayList<>();
    List<T> back = new ArrayList<>();
    int most = all(order).size();
    Page<T> page = page(order, limit, "");
    there.addAll(page.items());
    while (!page.nextPage().isEmpty() && there.size() <= most) {
      page = page(order, limit, page.nextPage());
      there.addAll(page.items());
    }
    back.addAll(page.items());
    while (!page.previousPage().isEmpty() && back.size() <= most) {
      page = page(order, limit, page.previousPage());
      back.addAll(0, page.items());
    }
    assertThat(back).as("the way back").isEqualTo(there);
    return there;
  }

  private Page<T> page(SortOrder order, int limit, String token) {
    PageRequest request = new PageRequest("rows", order, limit, Optional.of(token));
    return Pages.page(request, sortKey, key, query);
  }
}
