package io.gatehouse.platform.paging;

import java.util.List;
import org.jdbi.v3.core.statement.Query;

/**
 * The rows that a page needs, as a store asks for them: those after a key, in an order, so many.
 *
 * @param after the key of the row before the window; empty at the beginning
 */
public record Window(List<String> after, SortOrder order, int limit) {

  /**
   * Fills in the places {@code <after>} and {@code <direction>} of the query and binds {@code
   * :limit} and the key as {@code :after0}, {@code :after1} and so on.
   *
   * @param columns the sort key, such as {@code (name, cluster_id)}
   * @param key the same from the bound values, such as {@code (:after0, cast(:after1 as uuid))}
   */
  public Query apply(Query query, String columns, String key) {
    String comparison = order == SortOrder.ASC ? " > " : " < ";
    query
        .define("after", after.isEmpty() ? "true" : columns + comparison + key)
        .define("direction", order == SortOrder.ASC ? "asc" : "desc")
        .bind("limit", limit);
    for (int i = 0; i < after.size(); i++) {
      query.bind("after" + i, after.get(i));
    }
    return query;
  }
}
