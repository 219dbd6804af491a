package io.gatehouse.cloud.version;

import java.util.ArrayList;
import java.util.List;

/** The steps from each version to the next newer one. */
final class VersionChain {
  private VersionChain() {}

  /** Every change between a version and the newest, the oldest first. */
  static List<VersionChange> changesSince(ApiVersion version) {
    List<VersionChange> changes = new ArrayList<>();
    for (ApiVersion step : ApiVersion.values()) {
      if (step.compareTo(version) >= 0) {
        changes.addAll(changesAfter(step));
      }
    }
    return changes;
  }

  private static List<VersionChange> changesAfter(ApiVersion version) {
    return switch (version) {
      case V2022_03_31 -> Before20220712.CHANGES;
      case V2022_07_12 -> Before20220920.CHANGES;
      case V2022_09_20 -> Before20230410.CHANGES;
      case V2023_04_10 -> Before20240916.CHANGES;
      case V2024_09_16 -> List.of();
    };
  }
}
