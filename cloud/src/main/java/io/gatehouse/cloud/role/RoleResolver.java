package io.gatehouse.cloud.role;

import io.gatehouse.platform.access.Grant;
import io.gatehouse.platform.access.ResourcePath;
import io.gatehouse.platform.access.ResourceType;
import io.gatehouse.platform.access.Role;
import io.gatehouse.platform.access.RoleAssignment;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.error.Violation;
import io.gatehouse.platform.ids.Uuids;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** From a role as the API writes it to a grant that may exist and that the caller may give. */
public final class RoleResolver {
  /** Where a folder or cluster stands, as the given session sees it. */
  @FunctionalInterface
  public interface Places {
    Optional<ResourcePath> path(Tenant tenant, Session session, ResourceType type, UUID id);
  }

  private final Places places;

  public RoleResolver(Places places) {
    this.places = places;
  }

  /** The members of an input that hold a role, as errors name them. */
  private record RoleMembers(String name, String resourceId) {
    /** In the path of an operation on one role. */
    private static final RoleMembers IN_PATH = new RoleMembers("role_name", "resource_id");

    private static RoleMembers inList(int index) {
      String role = "roles[" + index + "].";
      return new RoleMembers(role + "name", role + "resource.id");
    }
  }

  /** The grant that a path means; its resource may not exist. */
  Grant read(Tenant tenant, RoleView view) {
    return read(tenant, view, RoleMembers.IN_PATH);
  }

  /** The grants that the list {@code roles} of a body means; their resources may not exist. */
  public Set<Grant> read(Tenant tenant, List<RoleView> roles) {
    Set<Grant> grants = new LinkedHashSet<>();
    for (int i = 0; i < roles.size(); i++) {
      grants.add(read(tenant, roles.get(i), RoleMembers.inList(i)));
    }
    return grants;
  }

  private static Grant read(Tenant tenant, RoleView view, RoleMembers members) {
    Grant grant = new Grant(view.name(), scope(tenant, view.resource(), members.resourceId()));
    ResourceType type = grant.scope().type();
    if (!grant.role().grantableOn().contains(type)) {
      throw GatehouseException.invalid(
          List.of(
              new Violation(
                  members.name(),
                  "role %s is not granted on a resource of type " + type,
                  List.of(grant.role().name()))));
    }
    return grant;
  }

  /** Whether the caller may, before whether there is such a resource: only who may learns that. */
  public void requireMayGive(Call call, Session session, Grant grant) {
    requireMayTake(call, session, grant);
    if (path(call.tenant(), session, grant.scope()).isEmpty()) {
      throw GatehouseException.notFound("resource");
    }
  }

  /** Refuses a caller who does not administer such a grant; its resource may be gone already. */
  void requireMayTake(Call call, Session session, Grant grant) {
    if (!mayTake(call, session, grant)) {
      throw ErrorCode.PERMISSION_DENIED.with();
    }
  }

  /** Whether the caller administers such a grant. */
  boolean mayTake(Call call, Session session, Grant grant) {
    ResourcePath path =
        path(call.tenant(), session, grant.scope())
            .orElseGet(() -> ResourcePath.organization(call.tenant()));
    return RoleAssignment.allowed(call.principal(), grant.role(), path);
  }

  /** What every account holds. */
  public static Grant membership(Tenant tenant) {
    return new Grant(Role.ORG_MEMBER, Scope.organization(tenant));
  }

  private Optional<ResourcePath> path(Tenant tenant, Session session, Scope scope) {
    return switch (scope.type()) {
      case ORGANIZATION ->
          scope.equals(Scope.organization(tenant))
              ? Optional.of(ResourcePath.organization(tenant))
              : Optional.empty();
      case FOLDER, CLUSTER -> places.path(tenant, session, scope.type(), scope.id());
    };
  }

  private static Scope scope(Tenant tenant, RoleView.ResourceView view, String idMember) {
    String id = view.id() == null ? "" : view.id();
    if (view.type() == ResourceType.ORGANIZATION && id.isEmpty()) {
      return Scope.organization(tenant);
    }
    return Uuids.parse(id)
        .map(uuid -> new Scope(view.type(), uuid))
        .orElseThrow(() -> GatehouseException.invalid(idMember, "must be a UUID"));
  }
}
