package io.gatehouse.cloud.version;

import java.util.Arrays;
import java.util.Optional;

/** The dated versions of the Cloud API, the oldest first. */
public enum ApiVersion {
  V2022_03_31("2022-03-31"),
  V2022_07_12("2022-07-12"),
  V2022_09_20("2022-09-20"),
  V2023_04_10("2023-04-10"),
  V2024_09_16("2024-09-16");

  /** The version whose form the operations have. */
  public static final ApiVersion NEWEST = V2024_09_16;

  private static final String LATEST = "latest";

  private final String date;

  ApiVersion(String date) {
    this.date = date;
  }

  public String date() {
    return date;
  }

  /** The version that a header names; empty when there is none of that name. */
  public static Optional<ApiVersion> named(String text) {
    if (text.equals(LATEST)) {
      return Optional.of(NEWEST);
    }
    return Arrays.stream(values()).filter(version -> version.date.equals(text)).findFirst();
  }
}
