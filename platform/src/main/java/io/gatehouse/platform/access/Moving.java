package io.gatehouse.platform.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whoever moves a resource below a scope of their own roles comes to hold these roles on it. Nobody
 * gains by moving what they could not have been given: a role counts before the move when the mover
 * held it on the resource, or could have granted it to themselves there.
 */
public final class Moving {
  private Moving() {}

  /**
   * Whether the principal would hold, or could grant, more on a resource (or on anything in it) at
   * its new place than at its old one.
   *
   * @param before the way up from the resource where it is
   * @param after the way up from it where it would be
   */
  public static boolean gains(Principal principal, ResourcePath before, ResourcePath after) {
    Set<ResourceType> kinds = kinds(before.scopes().getFirst().type());
    Set<Role> rolesBefore = attainable(principal, before, kinds);
    Set<Role> rolesAfter = attainable(principal, after, kinds);
    return !rolesBefore.containsAll(grantable(rolesAfter, kinds))
        || !permissions(rolesBefore, kinds).containsAll(permissions(rolesAfter, kinds));
  }

  /** What the resource is, and what can be in it. */
  private static Set<ResourceType> kinds(ResourceType type) {
    EnumSet<ResourceType> kinds = EnumSet.allOf(ResourceType.class);
    kinds.removeIf(kind -> !type.reaches(kind));
    return kinds;
  }

  /** The roles that are held, and those that their holder could grant to themselves. */
  private static Set<Role> attainable(
      Principal principal, ResourcePath path, Set<ResourceType> kinds) {
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    principal.grants().stream()
        .filter(grant -> path.contains(grant.scope()))
        .forEach(grant -> roles.add(grant.role()));
    int size;
    do {
      size = roles.size();
      for (Role role : Set.copyOf(roles)) {
        roles.addAll(grantable(RoleAssignment.assignableBy(role), kinds));
      }
    } while (roles.size() > size);
    return roles;
  }

  private static Set<Role> grantable(Set<Role> roles, Set<ResourceType> kinds) {
    EnumSet<Role> grantable = EnumSet.noneOf(Role.class);
    roles.stream()
        .filter(role -> role.grantableOn().stream().anyMatch(kinds::contains))
        .forEach(grantable::add);
    return grantable;
  }

  private static Set<Permission> permissions(Set<Role> roles, Set<ResourceType> kinds) {
    EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
    Arrays.stream(Permission.values())
        .filter(permission -> kinds.contains(permission.narrowest()))
        .filter(permission -> roles.stream().anyMatch(permission::isGivenBy))
        .forEach(permissions::add);
    return permissions;
  }
}
