package io.gatehouse.directory.account;

import io.gatehouse.directory.ListLimit;
import io.gatehouse.directory.account.IntegratedAccountOperations.CreateIntegratedAccount;
import io.gatehouse.directory.account.IntegratedAccountOperations.DeleteIntegratedAccount;
import io.gatehouse.directory.account.IntegratedAccountOperations.DeletedIntegratedAccount;
import io.gatehouse.directory.account.IntegratedAccountOperations.GetIntegratedAccount;
import io.gatehouse.directory.account.IntegratedAccountOperations.IntegratedAccountList;
import io.gatehouse.directory.account.IntegratedAccountOperations.ListIntegratedAccounts;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import java.util.List;

/** Carries out the operations of integrated accounts. */
public final class IntegratedAccountRoutes {
  private final IntegratedAccountService service;

  public IntegratedAccountRoutes(IntegratedAccountService service) {
    this.service = service;
  }

  public List<Route<?, ?>> routes() {
    return List.of(
        Route.of(IntegratedAccountOperations.CREATE, this::create),
        Route.of(IntegratedAccountOperations.LIST, this::list),
        Route.of(IntegratedAccountOperations.GET, this::get),
        Route.of(IntegratedAccountOperations.DELETE, this::delete));
  }

  private IntegratedAccountView create(Call call, CreateIntegratedAccount input) {
    return service.create(call, input);
  }

  private IntegratedAccountList list(Call call, ListIntegratedAccounts input) {
    return service.list(call.tenant(), input, ListLimit.ofAdministration(input.limit()));
  }

  private IntegratedAccountView get(Call call, GetIntegratedAccount input) {
    return service.get(call.tenant(), input.id());
  }

  private DeletedIntegratedAccount delete(Call call, DeleteIntegratedAccount input) {
    service.delete(call, input.id());
    return new DeletedIntegratedAccount(input.id());
  }
}
