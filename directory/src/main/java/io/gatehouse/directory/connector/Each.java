package io.gatehouse.directory.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Says that a source has a list of its own for each item of a parent resource.
 *
 * @param id the member that tells the parents apart
 * @param where which parents count
 * @param parameters the path parameters of the list, and the parent's members that fill them
 * @param gone the statuses that say that the parent is no more
 * @param unavailable the statuses that say that its list cannot be read at the moment
 */
public record Each(
    UpstreamResource resource,
    String id,
    Mapping where,
    Map<String, String> parameters,
    Set<Integer> gone,
    Set<Integer> unavailable) {

  /** A cursor of ours holds one, and must fit into the query of a request. */
  private static final int MAX_ID_CHARACTERS = 500;

  /**
   * What tells this parent from the others.
   *
   * @throws MappingFailedException when it has nothing that does
   */
  public String idOf(JsonNode parent) {
    String found = findId(parent);
    if (found.isEmpty() || found.length() > MAX_ID_CHARACTERS) {
      throw new MappingFailedException(
          "a record of %s has no usable %s".formatted(resource.name(), id), null);
    }
    return found;
  }

  /** The same; empty when it has nothing that does. */
  public String findId(JsonNode parent) {
    return text(JsonPath.find(parent, id));
  }

  /**
   * The path parameters for the list of one parent.
   *
   * @throws MappingFailedException when one of its members cannot be a segment of a path
   */
  public Map<String, String> parametersOf(JsonNode parent) {
    Map<String, String> values = new HashMap<>();
    parameters.forEach((name, member) -> values.put(name, segmentOf(parent, member)));
    return values;
  }

  private String segmentOf(JsonNode parent, String member) {
    String value = text(JsonPath.find(parent, member));
    if (!PathPattern.isSegment(value)) {
      throw new MappingFailedException(
          "a record of %s has no usable %s".formatted(resource.name(), member), null);
    }
    return value;
  }

  /** Jackson makes a text of null too. */
  private static String text(JsonNode value) {
    return value.isTextual() || value.isNumber() ? value.asText() : "";
  }
}
