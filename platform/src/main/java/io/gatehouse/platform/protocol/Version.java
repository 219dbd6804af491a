package io.gatehouse.platform.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one version of an API is like; by default, the newest. */
public interface Version {
  /** Whether it has this operation. */
  default boolean has(Operation<?, ?> operation) {
    return true;
  }

  /** Whether requests and responses need no translation. */
  default boolean isNewest() {
    return true;
  }

  /** Lifts a request of this version to the newest form. */
  default ObjectNode upgrade(Operation<?, ?> operation, ObjectNode request) {
    return request;
  }

  /** Brings a response in the newest form down to this version. */
  default JsonNode downgrade(Operation<?, ?> operation, JsonNode response) {
    return response;
  }

  /** Says what is wrong with a request of the newest form in the terms of this version. */
  default GatehouseException downgrade(GatehouseException failure) {
    return failure;
  }

  /**
   * The name of an operation that this version of the API has but that is not built here.
   *
   * @param segments the decoded segments of the path
   */
  default Optional<String> notBuilt(String method, List<String> segments) {
    return Optional.empty();
  }

  /** Headers for every response, an error's included. */
  default Map<String, String> headers() {
    return Map.of();
  }
}
