package io.gatehouse.cloud.database;

import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.database.DatabaseOperations.CreateDatabase;
import io.gatehouse.cloud.database.DatabaseOperations.DatabaseList;
import io.gatehouse.cloud.database.DatabaseOperations.DatabaseView;
import io.gatehouse.cloud.database.DatabaseOperations.DeleteDatabase;
import io.gatehouse.cloud.database.DatabaseOperations.EditDatabase;
import io.gatehouse.cloud.database.DatabaseOperations.ListDatabases;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import java.util.List;

/** Carries out the operations of databases. */
public final class DatabaseRoutes {
  private final DatabaseService service;

  public DatabaseRoutes(DatabaseService service) {
    this.service = service;
  }

  public List<Route<?, ?>> routes() {
    return List.of(
        Route.of(DatabaseOperations.LIST, this::list),
        Route.of(DatabaseOperations.CREATE, this::create),
        Route.of(DatabaseOperations.EDIT_BY_BODY, this::edit),
        Route.of(DatabaseOperations.EDIT, this::edit),
        Route.of(DatabaseOperations.DELETE, this::delete));
  }

  private DatabaseList list(Call call, ListDatabases input) {
    var request = Pagination.of(input.pagination(), "databases/" + input.clusterId());
    var page = service.list(call.tenant(), input.clusterId(), request).map(DatabaseView::of);
    return new DatabaseList(page.items(), PaginationView.of(page));
  }

  private DatabaseView create(Call call, CreateDatabase input) {
    return DatabaseView.of(service.create(call, input));
  }

  private DatabaseView edit(Call call, EditDatabase input) {
    return DatabaseView.of(service.edit(call, input));
  }

  private DatabaseView delete(Call call, DeleteDatabase input) {
    return DatabaseView.of(service.delete(call, input));
  }
}
