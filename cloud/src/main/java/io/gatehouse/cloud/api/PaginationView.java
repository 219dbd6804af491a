package io.gatehouse.cloud.api;

import io.gatehouse.platform.paging.Page;

/** The tokens of the neighbouring pages, empty where there is none. */
public record PaginationView(String nextPage, String previousPage) {
  public static PaginationView of(Page<?> page) {
    return new PaginationView(page.nextPage(), page.previousPage());
  }
}
