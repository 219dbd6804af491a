package io.gatehouse.engines;

import java.util.OptionalInt;

/**
 * What a cluster should be. Resources and port matter to running clusters only.
 *
 * @param generation moves with each change of what is desired; once an engine has seen a later one,
 *     it refuses those that come with an earlier one
 * @param port the port that clients know, which the cluster must keep; empty: they know none yet,
 *     so any free one will do
 */
public record Desired(Presence presence, Resources resources, long generation, OptionalInt port) {

  /** For callers that keep no generations, of a cluster that no client knows yet. */
  public Desired(Presence presence, Resources resources) {
    this(presence, resources, 0, OptionalInt.empty());
  }
}
