package io.gatehouse.platform.access;

import static io.gatehouse.platform.access.ResourceType.CLUSTER;
import static io.gatehouse.platform.access.ResourceType.FOLDER;
import static io.gatehouse.platform.access.ResourceType.ORGANIZATION;

import java.util.Set;

/** The roles of the Cloud API and what each can be granted on. */
public enum Role {
  ORG_MEMBER(ORGANIZATION),
  ORG_ADMIN(ORGANIZATION),
  BILLING_COORDINATOR(ORGANIZATION),
  BILLING_VIEWER(ORGANIZATION),
  CLUSTER_ADMIN(ORGANIZATION, FOLDER, CLUSTER),
  CLUSTER_OPERATOR_WRITER(ORGANIZATION, FOLDER, CLUSTER),
  CLUSTER_DEVELOPER(ORGANIZATION, FOLDER, CLUSTER),
  CLUSTER_CREATOR(ORGANIZATION, FOLDER),
  CLUSTER_MONITOR(ORGANIZATION, FOLDER, CLUSTER),
  METRICS_VIEWER(ORGANIZATION, FOLDER, CLUSTER),
  FOLDER_ADMIN(ORGANIZATION, FOLDER),
  FOLDER_MOVER(ORGANIZATION, FOLDER);

  private final Set<ResourceType> grantableOn;

  Role(ResourceType... grantableOn) {
    this.grantableOn = Set.of(grantableOn);
  }

  /** The kinds of resource that this role can be granted on. */
  public Set<ResourceType> grantableOn() {
    return grantableOn;
  }
}
