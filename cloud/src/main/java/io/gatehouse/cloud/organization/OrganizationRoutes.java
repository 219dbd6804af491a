package io.gatehouse.cloud.organization;

import io.gatehouse.cloud.organization.OrganizationOperations.GetOrganization;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import java.util.List;

/** Carries out the operations of organizations. */
public final class OrganizationRoutes {
  private final OrganizationService service;

  public OrganizationRoutes(OrganizationService service) {
    this.service = service;
  }

  public List<Route<?, ?>> routes() {
    return List.of(Route.of(OrganizationOperations.GET, this::get));
  }

  private OrganizationView get(Call call, GetOrganization input) {
    return OrganizationView.of(service.get(call.tenant()));
  }
}
