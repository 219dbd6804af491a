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

  /**
   * What tells this parent from the others.
   *
   * @throws MappingFailedException when it has nothing that does
   */
  public String idOf(JsonNode parent) {
    String found = findId(parent);
    if (found.isEmpty()) {
      throw new MappingFailedException("a record of " + resource.name() + " has no " + id, null);
    }
    return found;
  }

  /** The same; empty when it has nothing that does. */
  public String findId(JsonNode parent) {
    return JsonPath.find(parent, id).asText();
  }

  /** The path parameters for the list of one parent. */
  public Map<String, String> parametersOf(JsonNode parent) {
    Map<String, String> values = new HashMap<>();
    parameters.forEach((name, member) -> values.put(name, JsonPath.find(parent, member).asText()));
    return values;
  }
}
