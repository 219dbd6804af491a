package io.gatehouse.cloud.cluster;

/** Where a cluster is in its life. */
public enum ClusterState {
  CREATING,
  CREATED,
  CREATION_FAILED,
  DELETED,
  /** Being changed; another change has to wait. */
  LOCKED;

  /** Whether the cluster is there, or on its way; its name is taken as long as it is. */
  public boolean isActive() {
    return switch (this) {
      case CREATING, CREATED, LOCKED -> true;
      case CREATION_FAILED, DELETED -> false;
    };
  }
}
