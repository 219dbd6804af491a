package io.gatehouse.cloud.cluster;

/** Who starts a major upgrade. */
public enum UpgradeType {
  MANUAL,
  AUTOMATIC
}
