package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.cluster.ClusterRequests.UpdateCluster;
import io.gatehouse.platform.error.Violation;

/**
 * Where the members of a PATCH stand: each may stand at the top or in {@code spec}, and the limits
 * in {@code serverless} or beside it. The rules name them as a creation does; an error names them
 * as the caller wrote them.
 */
final class ChangedMembers {
  private static final String SPEC = "spec.";
  private static final String SERVERLESS = "serverless.";
  private static final String USAGE_LIMITS = "usage_limits";

  private ChangedMembers() {}

  static Violation located(UpdateCluster request, Violation broken) {
    String member = broken.member();
    String inSpec = member.startsWith(SPEC) ? member.substring(SPEC.length()) : member;
    String named =
        inSpec.startsWith(SERVERLESS + USAGE_LIMITS) && hasLimitsBesideServerless(request)
            ? inSpec.substring(SERVERLESS.length())
            : inSpec;
    boolean atTop = request.spec() == null || isAtTop(request, named.split("[.\\[]", 2)[0]);
    return broken.at(atTop ? named : SPEC + named);
  }

  private static boolean hasLimitsBesideServerless(UpdateCluster request) {
    return request.usageLimits() != null
        || (request.spec() != null && request.spec().usageLimits() != null);
  }

  private static boolean isAtTop(UpdateCluster request, String member) {
    return switch (member) {
      case "plan" -> request.plan() != null;
      case "serverless" -> request.serverless() != null;
      case "dedicated" -> request.dedicated() != null;
      case USAGE_LIMITS -> request.usageLimits() != null;
      case "labels" -> request.labels() != null;
      case "parent_id" -> request.parentId() != null;
      case "cockroach_version" -> request.cockroachVersion() != null;
      case "upgrade_status" -> request.upgradeStatus() != null;
      default -> false;
    };
  }
}
