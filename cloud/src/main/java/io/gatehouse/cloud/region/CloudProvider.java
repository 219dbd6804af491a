package io.gatehouse.cloud.region;

/** The cloud providers by whose names clusters are made. */
public enum CloudProvider {
  GCP,
  AWS,
  AZURE
}
