package io.gatehouse.cloud.folder;

import io.gatehouse.cloud.api.Nothing;
import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.folder.FolderOperations.CreateFolder;
import io.gatehouse.cloud.folder.FolderOperations.DeleteFolder;
import io.gatehouse.cloud.folder.FolderOperations.FolderContents;
import io.gatehouse.cloud.folder.FolderOperations.FolderList;
import io.gatehouse.cloud.folder.FolderOperations.GetFolder;
import io.gatehouse.cloud.folder.FolderOperations.ListFolderContents;
import io.gatehouse.cloud.folder.FolderOperations.ListFolders;
import io.gatehouse.cloud.folder.FolderOperations.UpdateFolder;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import java.util.List;

/** Carries out the operations of folders. */
public final class FolderRoutes {
  private final FolderService service;

  public FolderRoutes(FolderService service) {
    this.service = service;
  }

  public List<Route<?, ?>> routes() {
    return List.of(
        Route.of(FolderOperations.LIST, this::list),
        Route.of(FolderOperations.CREATE, this::create),
        Route.of(FolderOperations.GET, this::get),
        Route.of(FolderOperations.UPDATE, this::update),
        Route.of(FolderOperations.DELETE, this::delete),
        Route.of(FolderOperations.CONTENTS, this::contents));
  }

  private FolderList list(Call call, ListFolders input) {
    String list = "folders/" + input.path();
    var page = service.list(call, input.path(), Pagination.of(input.pagination(), list));
    return new FolderList(page.items(), PaginationView.of(page));
  }

  private FolderView create(Call call, CreateFolder input) {
    return service.create(call, input);
  }

  private FolderView get(Call call, GetFolder input) {
    return service.get(call.tenant(), input.folderId());
  }

  private FolderView update(Call call, UpdateFolder input) {
    return service.update(call, input);
  }

  private Nothing delete(Call call, DeleteFolder input) {
    service.delete(call, input.folderId());
    return new Nothing();
  }

  private FolderContents contents(Call call, ListFolderContents input) {
    var request = Pagination.of(input.pagination(), "contents/" + input.folderId());
    var page = service.contents(call, input.folderId(), request);
    return new FolderContents(page.items(), PaginationView.of(page));
  }
}
