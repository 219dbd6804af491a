package io.gatehouse.cloud.cluster;

/** Whether a cluster is meant to be reached from everywhere; kept, not enforced. */
public enum NetworkVisibility {
  PUBLIC,
  PRIVATE
}
