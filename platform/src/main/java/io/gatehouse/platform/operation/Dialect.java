package io.gatehouse.platform.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.error.GatehouseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one API talks: its versions and the form of its errors. The operations know only the newest
 * form; a dialect lifts an older request up to it and an answer down from it.
 */
public interface Dialect {
  /**
   * Agrees on the version of one request.
   *
   * @param requested what the caller asked for in {@link #versionHeader()}
   * @throws GatehouseException when there is no such version
   */
  Version version(Optional<String> requested);

  /** The request header that names the version. */
  String versionHeader();

  /** The body of an error. */
  Record error(GatehouseException failure);

  /** What {@link #error} answers. */
  Class<? extends Record> errorType();

  /**
   * Refuses a query parameter that an operation does not have, where ignoring it would mislead the
   * caller; every other one is ignored.
   *
   * @throws GatehouseException when it is refused
   */
  default void checkUnknownParameter(String name) {}

  /** What one version of an API is like. */
  interface Version {
    /** Whether it has this operation. */
    boolean has(Operation<?, ?> operation);

    /** Whether requests and answers need no translation. */
    boolean isNewest();

    /** Lifts a request of this version to the newest form. */
    ObjectNode upgrade(Operation<?, ?> operation, ObjectNode request);

    /** Brings an answer in the newest form down to this version. */
    JsonNode downgrade(Operation<?, ?> operation, JsonNode answer);

    /**
     * The name of an operation that this version of the API has but that is not built here.
     *
     * @param segments the decoded segments of the path
     */
    default Optional<String> notBuilt(String method, List<String> segments) {
      return Optional.empty();
    }

    /** Headers for every answer, an error's included. */
    Map<String, String> headers();
  }
}
