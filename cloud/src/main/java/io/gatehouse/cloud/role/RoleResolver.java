package io.gatehouse.cloud.role;

import io.gatehouse.platform.access.Grant;
import io.gatehouse.platform.access.ResourcePath;
import io.gatehouse.platform.access.ResourceType;
import io.gatehouse.platform.access.Role;
import io.gatehouse.platform.access.RoleAssignment;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.ids.Uuids;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import java.util.Optional;
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

  /** The grant that is meant; its resource may not exist. */
  public Grant read(Tenant tenant, RoleView view) {
    Grant grant = new Grant(view.name(), scope(tenant, view.resource()));
    if (!grant.role().grantableOn().contains(grant.scope().type())) {
      throw GatehouseException.invalid(
          "resource_type",
          "role %s is not granted on a resource of type %s"
              .formatted(grant.role(), grant.scope().type()));
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

  private static Scope scope(Tenant tenant, RoleView.ResourceView view) {
    String id = view.id() == null ? "" : view.id();
    if (view.type() == ResourceType.ORGANIZATION && id.isEmpty()) {
      return Scope.organization(tenant);
    }
    return Uuids.parse(id)
        .map(uuid -> new Scope(view.type(), uuid))
        .orElseThrow(() -> GatehouseException.invalid("resource.id", "must be a UUID"));
  }
}
