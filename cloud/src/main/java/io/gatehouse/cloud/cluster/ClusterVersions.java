package io.gatehouse.cloud.cluster;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
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
      return fullOf(MAJORS.getFirst());
    }
    if (!MAJORS.contains(major)) {
      throw ErrorCode.INVALID_ARGUMENT.with("rule", "unsupported version: " + major);
    }
    return fullOf(major);
  }

  /**
   * Whether a cluster may be brought to a version: to the one it has, which changes nothing.
   *
   * @param now the full version that it has
   * @param requested a major version, or the full one that it has
   */
  static void checkChange(String now, String requested) {
    if (requested.isEmpty() || requested.equals(now) || now.equals(fullOf(requested))) {
      return;
    }
    if (!MAJORS.contains(requested)) {
      throw GatehouseException.invalid("cockroach_version", "unsupported version: " + requested);
    }
    if (requested.compareTo(now) < 0) {
      throw GatehouseException.invalid(
          "cockroach_version", "a cluster of %s does not go back to %s".formatted(now, requested));
    }
    throw ErrorCode.ENGINE_LACKS.with("capability", "major version upgrades");
  }

  private static String fullOf(String major) {
    return major + ".0";
  }
}
