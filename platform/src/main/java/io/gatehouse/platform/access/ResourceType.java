package io.gatehouse.platform.access;

/** What a role can be granted on, from the widest to the narrowest. */
public enum ResourceType {
  ORGANIZATION,
  FOLDER,
  CLUSTER;

  /** Whether a grant on this reaches down to {@code other}. */
  boolean reaches(ResourceType other) {
    return compareTo(other) <= 0;
  }
}
