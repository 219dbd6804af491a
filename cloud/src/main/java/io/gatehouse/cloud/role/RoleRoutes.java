package io.gatehouse.cloud.role;

import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.role.RoleOperations.ChangeRole;
import io.gatehouse.cloud.role.RoleOperations.GetRoles;
import io.gatehouse.cloud.role.RoleOperations.ListRoleGrants;
import io.gatehouse.cloud.role.RoleOperations.RoleGrantList;
import io.gatehouse.cloud.role.RoleOperations.RolesOfUser;
import io.gatehouse.cloud.role.RoleOperations.SetRoles;
import io.gatehouse.cloud.role.RoleOperations.UserRoles;
import io.gatehouse.platform.access.Grant;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import java.util.List;

/** Carries out the operations of roles. */
public final class RoleRoutes {
  private final RoleService service;

  public RoleRoutes(RoleService service) {
    this.service = service;
  }

  public List<Route<?, ?>> routes() {
    return List.of(
        Route.of(RoleOperations.LIST, this::list),
        Route.of(RoleOperations.GET, this::get),
        Route.of(RoleOperations.SET, this::set),
        Route.of(RoleOperations.ADD, this::add),
        Route.of(RoleOperations.REMOVE, this::remove));
  }

  private RoleGrantList list(Call call, ListRoleGrants input) {
    var page =
        service
            .list(call.tenant(), Pagination.of(input.pagination(), "roles"))
            .map(holder -> new UserRoles(holder.id().toString(), RoleView.of(holder.grants())));
    return new RoleGrantList(page.items(), List.of(), PaginationView.of(page));
  }

  private RolesOfUser get(Call call, GetRoles input) {
    return view(service.of(call.tenant(), input.userId()));
  }

  private RolesOfUser set(Call call, SetRoles input) {
    return view(service.set(call, input.userId(), input.roles()));
  }

  private RolesOfUser add(Call call, ChangeRole input) {
    return view(service.add(call, input.userId(), role(input)));
  }

  private RolesOfUser remove(Call call, ChangeRole input) {
    return view(service.remove(call, input.userId(), role(input)));
  }

  private static RoleView role(ChangeRole input) {
    return new RoleView(
        input.roleName(), new RoleView.ResourceView(input.resourceId(), input.resourceType()));
  }

  private static RolesOfUser view(List<Grant> grants) {
    return new RolesOfUser(RoleView.of(grants), List.of());
  }
}
