package io.gatehouse.platform.paging;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param nextPage the token of the page after it, empty at the end
 * @param previousPage the token of the page before it, empty at the beginning
 */
public record Page<T>(List<T> items, String nextPage, String previousPage) {
  public <R> Page<R> map(Function<? super T, ? extends R> mapping) {
    return new Page<>(items.stream().<R>map(mapping).toList(), nextPage, previousPage);
  }
}
