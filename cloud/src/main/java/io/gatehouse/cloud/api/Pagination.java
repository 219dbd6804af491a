package io.gatehouse.cloud.api;

import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.paging.PageRequest;
import io.gatehouse.platform.paging.SortOrder;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code pagination.} parameters of every list. */
public record Pagination(
    @Nullable String page,
    @Nullable Integer limit,
    @Nullable Instant asOfTime,
    @Nullable SortOrder sortOrder) {

  private static final Pagination NONE = new Pagination(null, null, null, null);

  /** The request for a page of a list, with the order that it has when none is asked for. */
  public static PageRequest of(@Nullable Pagination given, String list, SortOrder usual) {
    return Objects.requireNonNullElse(given, NONE).request(list, usual);
  }

  public static PageRequest of(@Nullable Pagination given, String list) {
    return of(given, list, SortOrder.ASC);
  }

  private PageRequest request(String list, SortOrder usual) {
    if (limit != null && limit < 0) {
      throw GatehouseException.invalid("pagination.limit", "must not be negative");
    }
    if (asOfTime != null) {
      throw GatehouseException.invalid(
          "pagination.as_of_time", "lists show the present; reading the past is not supported");
    }
    return new PageRequest(
        list,
        sortOrder == null ? usual : sortOrder,
        limit == null ? 0 : limit,
        Optional.ofNullable(page));
  }
}
