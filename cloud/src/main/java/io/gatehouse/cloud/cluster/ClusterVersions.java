package io.gatehouse.cloud.cluster;

import io.gatehouse.platform.error.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions that clusters report, the newest first. Clients expect CockroachDB's; what really
 * serves SQL is the engine's own version, which SQL itself tells.
 */
final class ClusterVersions {
  private static final List<String> MAJORS =
      List.of("v25.4", "v25.3", "v25.2", "v25.1", "v24.3", "v26.1");

  private ClusterVersions() {}

  /** The full version for a major one; the newest regular one when none is asked for. */
  static String full(@Nullable String major) {
    if (major == null || major.isEmpty()) {
      return MAJORS.getFirst() + ".0";
    }
    if (!MAJORS.contains(major)) {
      throw ErrorCode.INVALID_ARGUMENT.with("rule", "unsupported version: " + major);
    }
    return major + ".0";
  }
}
