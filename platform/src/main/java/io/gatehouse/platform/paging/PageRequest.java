package io.gatehouse.platform.paging;

import java.util.Optional;

/**
 * Which page of which list is wanted.
 *
 * @param list names the list and its sort key; a token of another list is refused
 * @param token an earlier page's token; empty for the first page
 */
public record PageRequest(String list, SortOrder order, int limit, Optional<String> token) {
  public static final int DEFAULT_LIMIT = 100;
  public static final int MAX = 1000;

  public PageRequest {
    limit = limit == 0 ? DEFAULT_LIMIT : Math.min(limit, MAX);
    token = token.filter(text -> !text.isEmpty());
  }
}
