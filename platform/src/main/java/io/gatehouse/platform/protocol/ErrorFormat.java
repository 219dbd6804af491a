package io.gatehouse.platform.protocol;

import io.gatehouse.platform.error.GatehouseException;

/** How an API tells of errors. */
public interface ErrorFormat {
  /** The body for a failure. */
  Object body(GatehouseException failure);

  /**
   * The body for what was refused before there was a request, such as HTTP that cannot be parsed.
   *
   * @param status the status of the response
   * @param reason why, in a few words
   */
  Object body(int status, String reason);

  /** What the bodies are, for the documents. */
  Class<?> type();
}
