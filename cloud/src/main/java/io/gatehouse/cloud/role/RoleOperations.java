package io.gatehouse.cloud.role;

import io.gatehouse.cloud.api.CloudApi;
import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.version.ApiVersion;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.access.ResourceType;
import io.gatehouse.platform.access.Role;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Target;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of roles. */
public final class RoleOperations {
  private static final String TAG = "Role Management";

  public record ListRoleGrants(@Nullable Pagination pagination) {}

  public record UserRoles(String userId, List<RoleView> roles) {}

  /** Nobody holds a role through a group yet, so {@code user_group_grants} is empty. */
  public record RoleGrantList(
      List<UserRoles> grants, List<RoleView> userGroupGrants, PaginationView pagination) {}

  public record GetRoles(String userId) {}

  public record RolesOfUser(List<RoleView> roles, List<RoleView> groupRoles) {}

  /** The whole set of roles; one that is not in it is taken away. */
  public record SetRoles(
      String userId, @NotNull(message = "is required") List<@NotNull @Valid RoleView> roles) {}

  /** One role; {@code resource_id} may be empty for the organization. */
  public record ChangeRole(
      String userId, ResourceType resourceType, String resourceId, Role roleName) {}

  private static final String ONE_ROLE =
      "/roles/{user_id}/{resource_type}/{resource_id}/{role_name}";

  public static final Operation<ListRoleGrants, RoleGrantList> LIST =
      CloudApi.get("/roles", ListRoleGrants.class, RoleGrantList.class)
          .id("ListRoleGrants", TAG)
          .allow(Permission.READ_ROLE_GRANTS, Target.organization())
          .since(ApiVersion.V2022_09_20.date())
          .summary("Lists role grants");

  public static final Operation<GetRoles, RolesOfUser> GET =
      CloudApi.get("/roles/{user_id}", GetRoles.class, RolesOfUser.class)
          .id("GetAllRolesForUser", TAG)
          .allow(Permission.READ_ROLE_GRANTS, Target.organization())
          .since(ApiVersion.V2022_09_20.date())
          .summary("Shows the roles of a user or service account");

  public static final Operation<SetRoles, RolesOfUser> SET =
      CloudApi.put("/roles/{user_id}", SetRoles.class, RolesOfUser.class)
          .id("SetRolesForUser", TAG)
          .allow(Permission.ASSIGN_ROLES, Target.anywhere())
          .audit("AUDIT_LOG_ACTION_ASSIGN_USER_ROLE")
          .mayRevoke()
          .since(ApiVersion.V2022_09_20.date())
          .summary("Replaces the roles of a user or service account");

  public static final Operation<ChangeRole, RolesOfUser> ADD =
      CloudApi.post(ONE_ROLE, ChangeRole.class, RolesOfUser.class)
          .id("AddUserToRole", TAG)
          .allow(Permission.ASSIGN_ROLES, Target.anywhere())
          .audit("AUDIT_LOG_ACTION_ADD_USER_TO_ROLE")
          .since(ApiVersion.V2022_09_20.date())
          .summary("Adds a role to a user or service account");

  public static final Operation<ChangeRole, RolesOfUser> REMOVE =
      CloudApi.delete(ONE_ROLE, ChangeRole.class, RolesOfUser.class)
          .id("RemoveUserFromRole", TAG)
          .allow(Permission.ASSIGN_ROLES, Target.anywhere())
          .audit("AUDIT_LOG_ACTION_REMOVE_USER_FROM_ROLE")
          .revokes()
          .since(ApiVersion.V2022_09_20.date())
          .summary("Removes a role from a user or service account");

  public static final List<Operation<?, ?>> ALL = List.of(LIST, GET, SET, ADD, REMOVE);

  private RoleOperations() {}
}
