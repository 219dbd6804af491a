package io.gatehouse.cloud.serviceaccount;

import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.serviceaccount.ServiceAccountOperations.CreateServiceAccount;
import io.gatehouse.cloud.serviceaccount.ServiceAccountOperations.DeleteServiceAccount;
import io.gatehouse.cloud.serviceaccount.ServiceAccountOperations.GetServiceAccount;
import io.gatehouse.cloud.serviceaccount.ServiceAccountOperations.ListServiceAccounts;
import io.gatehouse.cloud.serviceaccount.ServiceAccountOperations.ServiceAccountList;
import io.gatehouse.cloud.serviceaccount.ServiceAccountOperations.UpdateServiceAccount;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import java.util.List;

/** Carries out the operations of service accounts. */
public final class ServiceAccountRoutes {
  private final ServiceAccountService service;

  public ServiceAccountRoutes(ServiceAccountService service) {
    this.service = service;
  }

  public List<Route<?, ?>> routes() {
    return List.of(
        Route.of(ServiceAccountOperations.LIST, this::list),
        Route.of(ServiceAccountOperations.CREATE, this::create),
        Route.of(ServiceAccountOperations.GET, this::get),
        Route.of(ServiceAccountOperations.UPDATE, this::update),
        Route.of(ServiceAccountOperations.DELETE, this::delete));
  }

  private ServiceAccountList list(Call call, ListServiceAccounts input) {
    var request = Pagination.of(input.pagination(), "service-accounts");
    var page = service.list(call.tenant(), request);
    return new ServiceAccountList(page.items(), PaginationView.of(page));
  }

  private ServiceAccountView create(Call call, CreateServiceAccount input) {
    return service.create(call, input);
  }

  private ServiceAccountView get(Call call, GetServiceAccount input) {
    return service.get(call.tenant(), input.id());
  }

  private ServiceAccountView update(Call call, UpdateServiceAccount input) {
    return service.update(call, input);
  }

  private ServiceAccountView delete(Call call, DeleteServiceAccount input) {
    return service.delete(call, input.id());
  }
}
