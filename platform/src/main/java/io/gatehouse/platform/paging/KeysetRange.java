package io.gatehouse.platform.paging;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Query;

/**
 * The rows that a page needs, as a store asks for them: those after a key, in an order, so many.
 *
 * @param after the key of the row before the window; empty at the beginning
 */
public record KeysetRange(List<String> after, SortOrder order, int limit) {

  /**
   * Fills in the places {@code <after>} and {@code <order>} of the query and binds {@code :limit}
   * and what they need.
   */
  public Query apply(Query query, SortKey key) {
    String comparison = order == SortOrder.ASC ? " > " : " < ";
    query
        .define("after", after.isEmpty() ? "true" : key.tuple() + comparison + key.parameters())
        .define("order", key.order(order))
        .bind("limit", limit);
    for (int i = 0; i < after.size(); i++) {
      query.bind("after" + i, after.get(i));
    }
    return query;
  }

  /** The rows of the window among rows that are all at hand, sorted by their keys as texts. */
  public <T> List<T> among(Collection<T> rows, Function<T, List<String>> key) {
    Comparator<List<String>> up = KeysetRange::compare;
    Comparator<List<String>> direction = order == SortOrder.ASC ? up : up.reversed();
    return rows.stream()
        .filter(row -> after.isEmpty() || direction.compare(key.apply(row), after) > 0)
        .sorted(Comparator.comparing(key, direction))
        .limit(limit)
        .toList();
  }

  private static int compare(List<String> one, List<String> other) {
    for (int i = 0; i < one.size(); i++) {
      int comparison = one.get(i).compareTo(other.get(i));
      if (comparison != 0) {
        return comparison;
      }
    }
    return 0;
  }
}
