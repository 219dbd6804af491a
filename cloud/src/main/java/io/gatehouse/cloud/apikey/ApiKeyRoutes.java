package io.gatehouse.cloud.apikey;

import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.apikey.ApiKeyOperations.ApiKeyList;
import io.gatehouse.cloud.apikey.ApiKeyOperations.ApiKeyView;
import io.gatehouse.cloud.apikey.ApiKeyOperations.CreateApiKey;
import io.gatehouse.cloud.apikey.ApiKeyOperations.DeleteApiKey;
import io.gatehouse.cloud.apikey.ApiKeyOperations.GetApiKey;
import io.gatehouse.cloud.apikey.ApiKeyOperations.ListApiKeys;
import io.gatehouse.cloud.apikey.ApiKeyOperations.NewApiKey;
import io.gatehouse.cloud.apikey.ApiKeyOperations.UpdateApiKey;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import java.util.List;

/** Carries out the operations of API keys. */
public final class ApiKeyRoutes {
  private final ApiKeyService service;

  public ApiKeyRoutes(ApiKeyService service) {
    this.service = service;
  }

  public List<Route<?, ?>> routes() {
    return List.of(
        Route.of(ApiKeyOperations.LIST, this::list),
        Route.of(ApiKeyOperations.CREATE, this::create),
        Route.of(ApiKeyOperations.GET, this::get),
        Route.of(ApiKeyOperations.UPDATE, this::update),
        Route.of(ApiKeyOperations.DELETE, this::delete));
  }

  private ApiKeyList list(Call call, ListApiKeys input) {
    var request = Pagination.of(input.pagination(), "api-keys/" + input.serviceAccountId());
    var page = service.list(call.tenant(), input.serviceAccountId(), request).map(ApiKeyView::of);
    return new ApiKeyList(page.items(), PaginationView.of(page));
  }

  private NewApiKey create(Call call, CreateApiKey input) {
    return service.create(call, input);
  }

  private ApiKeyView get(Call call, GetApiKey input) {
    return ApiKeyView.of(service.get(call.tenant(), input.id()));
  }

  private ApiKeyView update(Call call, UpdateApiKey input) {
    return ApiKeyView.of(service.update(call, input));
  }

  private ApiKeyView delete(Call call, DeleteApiKey input) {
    return ApiKeyView.of(service.delete(call, input.id()));
  }
}
