package io.gatehouse.platform.access;

import static io.gatehouse.platform.access.Role.CLUSTER_ADMIN;
import static io.gatehouse.platform.access.Role.CLUSTER_CREATOR;
import static io.gatehouse.platform.access.Role.CLUSTER_DEVELOPER;
import static io.gatehouse.platform.access.Role.CLUSTER_MONITOR;
import static io.gatehouse.platform.access.Role.CLUSTER_OPERATOR_WRITER;
import static io.gatehouse.platform.access.Role.FOLDER_ADMIN;
import static io.gatehouse.platform.access.Role.FOLDER_MOVER;
import static io.gatehouse.platform.access.Role.METRICS_VIEWER;
import static io.gatehouse.platform.access.Role.ORG_ADMIN;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may give and take which role. Nobody can hand out more than they administer: an organization
 * administrator everything, a cluster administrator the cluster roles and a folder administrator
 * the folder and cluster roles, both only on what lies within a scope of their own role. The
 * official document leaves the rule open; this is the narrowest that keeps delegated administration
 * useful.
 */
public final class RoleAssignment {
  private static final Set<Role> CLUSTER_ROLES =
      Set.of(
          CLUSTER_ADMIN,
          CLUSTER_OPERATOR_WRITER,
          CLUSTER_DEVELOPER,
          CLUSTER_CREATOR,
          CLUSTER_MONITOR,
          METRICS_VIEWER);
  private static final Set<Role> FOLDER_AND_CLUSTER_ROLES =
      EnumSet.copyOf(
          Stream.concat(CLUSTER_ROLES.stream(), Stream.of(FOLDER_ADMIN, FOLDER_MOVER)).toList());
  private static final Map<Role, Set<Role>> ASSIGNABLE =
      Map.of(
          ORG_ADMIN,
          Set.of(Role.values()),
          CLUSTER_ADMIN,
          CLUSTER_ROLES,
          FOLDER_ADMIN,
          FOLDER_AND_CLUSTER_ROLES);

  private RoleAssignment() {}

  /**
   * Whether the principal may give or take the role on the resource at the beginning of the path.
   */
  public static boolean allowed(Principal principal, Role role, ResourcePath path) {
    return principal.grants().stream()
        .filter(grant -> path.contains(grant.scope()))
        .anyMatch(grant -> assignableBy(grant.role()).contains(role));
  }

  /** The roles that a role lets its holder give and take within its scope. */
  static Set<Role> assignableBy(Role role) {
    return ASSIGNABLE.getOrDefault(role, Set.of());
  }
}
