package io.gatehouse.directory.connector;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How an upstream cuts its lists into pages. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "style")
@JsonSubTypes(@JsonSubTypes.Type(value = TokenPaging.class, name = "token"))
public sealed interface Paging permits TokenPaging {
  /** The items that a page has at most. */
  int most();

  /** The query parameters that are taken up with this. */
  Set<String> parameters();

  /**
   * The query for a page.
   *
   * @param page an earlier answer's {@link #next}; empty for the first page
   */
  Map<String, String> query(String page, int limit);

  /**
   * What names the page after this answer; empty at the end.
   *
   * @throws MappingFailedException when something else stands where the name should be
   */
  Optional<String> next(JsonNode answer);
}
