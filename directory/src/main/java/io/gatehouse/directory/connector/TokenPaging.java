package io.gatehouse.directory.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pages that follow each other by a token in the answer.
 *
 * @param nextPage where the token is, its members divided by dots
 */
public record TokenPaging(String pageParameter, String limitParameter, String nextPage, int most)
    implements Paging {

  @Override
  public Set<String> parameters() {
    return Set.of(pageParameter, limitParameter);
  }

  @Override
  public Map<String, String> query(String page, int limit) {
    String size = Integer.toString(Math.min(limit, most));
    return page.isEmpty()
        ? Map.of(limitParameter, size)
        : Map.of(limitParameter, size, pageParameter, page);
  }

  @Override
  public Optional<String> next(JsonNode answer) {
    JsonNode at = answer;
    for (String member : JsonPath.members(nextPage)) {
      if (!at.isObject()) {
        throw noToken();
      }
      at = at.path(member);
      if (at.isMissingNode() || at.isNull()) {
        return Optional.empty();
      }
    }
    if (!at.isTextual() && !at.isIntegralNumber()) {
      throw noToken();
    }
    return Optional.of(at.asText()).filter(text -> !text.isEmpty());
  }

  /** Taken for the end of the list it would hide whatever comes after. */
  private MappingFailedException noToken() {
    return new MappingFailedException(nextPage + " is no token of a page", null);
  }
}
