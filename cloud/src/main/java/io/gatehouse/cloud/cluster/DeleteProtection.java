package io.gatehouse.cloud.cluster;

/** Whether a cluster refuses to be deleted. */
public enum DeleteProtection {
  ENABLED,
  DISABLED
}
