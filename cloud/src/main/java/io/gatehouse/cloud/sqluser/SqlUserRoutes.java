package io.gatehouse.cloud.sqluser;

import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.sqluser.SqlUserOperations.ChangePassword;
import io.gatehouse.cloud.sqluser.SqlUserOperations.CreateSqlUser;
import io.gatehouse.cloud.sqluser.SqlUserOperations.DeleteSqlUser;
import io.gatehouse.cloud.sqluser.SqlUserOperations.ListSqlUsers;
import io.gatehouse.cloud.sqluser.SqlUserOperations.SqlUserList;
import io.gatehouse.cloud.sqluser.SqlUserOperations.SqlUserView;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import java.util.List;

/** Carries out the operations of SQL users. */
public final class SqlUserRoutes {
  private final SqlUserService service;

  public SqlUserRoutes(SqlUserService service) {
    this.service = service;
  }

  public List<Route<?, ?>> routes() {
    return List.of(
        Route.of(SqlUserOperations.LIST, this::list),
        Route.of(SqlUserOperations.CREATE, this::create),
        Route.of(SqlUserOperations.DELETE, this::delete),
        Route.of(SqlUserOperations.CHANGE_PASSWORD, this::changePassword));
  }

  private SqlUserList list(Call call, ListSqlUsers input) {
    var request = Pagination.of(input.pagination(), "sql-users/" + input.clusterId());
    var page = service.list(call.tenant(), input.clusterId(), request).map(SqlUserView::of);
    return new SqlUserList(page.items(), PaginationView.of(page));
  }

  private SqlUserView create(Call call, CreateSqlUser input) {
    service.create(call, input);
    return new SqlUserView(input.name(), null);
  }

  private SqlUserView delete(Call call, DeleteSqlUser input) {
    return SqlUserView.of(service.delete(call, input));
  }

  private SqlUserView changePassword(Call call, ChangePassword input) {
    service.changePassword(call, input);
    return new SqlUserView(input.name(), null);
  }
}
