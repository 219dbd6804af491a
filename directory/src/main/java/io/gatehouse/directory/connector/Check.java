package io.gatehouse.directory.connector;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How an account is tried before it is linked.
 *
 * @param path answers whoever has valid credentials
 * @param answer says to people what the upstream answers there, such as "an organization"
 * @param holds whether an answer is that; what says so of an empty object says nothing
 */
public record Check(String path, String answer, Mapping holds) {

  /** Whether this is what the upstream answers. */
  public boolean accepts(JsonNode body) {
    try {
      return holds.holds(body);
    } catch (MappingFailedException e) {
      return false;
    }
  }
}
