package io.gatehouse.engines;

import java.util.Optional;

/** What an engine finds when it looks at a cluster. */
public sealed interface Observed {

  /** No piece of the cluster exists. */
  record Absent() implements Observed {}

  /**
   * Some pieces exist, but making, removing or setting up the cluster was broken off; another
   * {@link ClusterEngine#converge} finishes it.
   *
   * @param what what there is or what lacks, fit for a person
   * @param hasData whether its data is there; else nothing is lost by making it anew
   */
  record Partial(String what, boolean hasData) implements Observed {}

  /** The data is there and no process serves it, be it after a stop or after a crash. */
  record Stopped() implements Observed {}

  /**
   * The cluster serves: an administrative session with the cluster's own secret was opened just
   * now.
   *
   * @param resources as read back from the running cluster
   * @param limitation why its clients may not do everything at the moment; fit for a person
   */
  record Running(Endpoint endpoint, Resources resources, Optional<String> limitation)
      implements Observed {}

  /**
   * A process is there, but opens no administrative session; it may still be starting.
   *
   * @param reason fit for a person
   */
  record Unresponsive(String reason) implements Observed {}
}
