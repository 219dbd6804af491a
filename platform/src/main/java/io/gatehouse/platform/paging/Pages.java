package io.gatehouse.platform.paging;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keyset paging: a page is found by the key of the row before it, never by counting, so that a list
 * read page by page shows each row that stays exactly once, whatever others write meanwhile.
 */
public final class Pages {
  private Pages() {}

  /**
   * Reads one page.
   *
   * @param sortKey what the list is sorted by
   * @param key what a row has there
   * @param query gives the rows of a window, in its order, at most as many as it says
   */
  public static <T> Page<T> page(
      PageRequest request,
      SortKey sortKey,
      Function<T, List<String>> key,
      Function<KeysetRange, List<T>> query) {
    Optional<PageToken> token =
        request.token().map(text -> PageToken.decode(text, request, sortKey));
    boolean backwards = token.map(PageToken::backwards).orElse(false);
    List<String> after = token.map(PageToken::key).orElse(List.of());
    List<T> rows =
        query.apply(
            new KeysetRange(
                after,
                backwards ? request.order().reversed() : request.order(),
                request.limit() + 1));
    boolean more = rows.size() > request.limit();
    List<T> kept = more ? rows.subList(0, request.limit()) : rows;
    List<T> items = backwards ? kept.reversed() : kept;
    boolean next = backwards ? !after.isEmpty() : more;
    boolean previous = backwards ? more : !after.isEmpty();
    return new Page<>(
        List.copyOf(items),
        next && !items.isEmpty() ? token(request, false, key.apply(items.getLast())) : "",
        previous && !items.isEmpty() ? token(request, true, key.apply(items.getFirst())) : "");
  }

  private static String token(PageRequest request, boolean backwards, List<String> key) {
    return PageToken.of(request, backwards, key).encode();
  }
}
