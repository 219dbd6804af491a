package io.gatehouse.platform.access;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The one place that decides; pure functions over a principal's grants. */
public final class Access {
  private Access() {}

  /** Whether the principal may do it on the resource at the beginning of the path. */
  public static Decision decide(Principal principal, Permission permission, ResourcePath path) {
    for (Grant grant : principal.grants()) {
      if (counts(grant, permission) && path.contains(grant.scope())) {
        return new Decision.Allowed(grant);
      }
    }
    return new Decision.Denied(permission);
  }

  /** Whether there is any resource at all on which the principal may do it. */
  public static Decision decideAnywhere(Principal principal, Permission permission) {
    for (Grant grant : principal.grants()) {
      if (counts(grant, permission)) {
        return new Decision.Allowed(grant);
      }
    }
    return new Decision.Denied(permission);
  }

  /** Whether the principal holds one of the roles on the resource at the beginning of the path. */
  public static boolean holds(Principal principal, Set<Role> roles, ResourcePath path) {
    return principal.grants().stream()
        .filter(grant -> roles.contains(grant.role()))
        .anyMatch(grant -> path.contains(grant.scope()));
  }

  /** On what the principal may do it; lists are filtered by this inside their SQL. */
  public static Visibility visible(Principal principal, Permission permission) {
    List<Grant> grants =
        principal.grants().stream().filter(grant -> counts(grant, permission)).toList();
    if (!ids(grants, ResourceType.ORGANIZATION).isEmpty()) {
      return new Visibility.Everything();
    }
    return new Visibility.Within(
        ids(grants, ResourceType.FOLDER), ids(grants, ResourceType.CLUSTER));
  }

  private static boolean counts(Grant grant, Permission permission) {
    return permission.isGivenBy(grant.role())
        && grant.scope().type().reaches(permission.narrowest());
  }

  private static Set<UUID> ids(List<Grant> grants, ResourceType type) {
    return grants.stream()
        .map(Grant::scope)
        .filter(scope -> scope.type() == type)
        .map(Scope::id)
        .collect(Collectors.toUnmodifiableSet());
  }
}
