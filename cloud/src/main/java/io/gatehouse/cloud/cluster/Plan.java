package io.gatehouse.cloud.cluster;

/** What a cluster is paid for; here it decides which members its configuration has. */
public enum Plan {
  BASIC,
  STANDARD,
  ADVANCED;

  public boolean isServerless() {
    return this != ADVANCED;
  }
}
