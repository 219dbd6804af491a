package io.gatehouse.cloud.version;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.operation.Operation;

/**
 * One thing that was different in a version, against the next newer one.
 *
 * @param name what was different, in the words of a changelog
 * @param up lifts a request to the newer form
 * @param down brings an answer to the older form
 */
record VersionChange(String name, Step up, Step down) {

  /** Changes a request or an answer in place. */
  @FunctionalInterface
  interface Step {
    void apply(Operation<?, ?> operation, ObjectNode node);
  }

  private static final Step SAME = (operation, node) -> {};

  static VersionChange inRequests(String name, Step up) {
    return new VersionChange(name, up, SAME);
  }

  static VersionChange inAnswers(String name, Step down) {
    return new VersionChange(name, SAME, down);
  }
}
