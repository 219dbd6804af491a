package io.gatehouse.cloud.folder;

import io.gatehouse.cloud.api.CloudApi;
import io.gatehouse.cloud.api.Nothing;
import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.version.ApiVersion;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Target;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of folders. */
public final class FolderOperations {
  private static final String TAG = "Folders";

  /** Shows folders, all that may be seen or the one at a path of names. */
  public record ListFolders(@Nullable String path, @Nullable Pagination pagination) {}

  public record FolderList(List<FolderView> folders, PaginationView pagination) {}

  public record CreateFolder(
      @NotNull String name, @Nullable String parentId, @Nullable Map<String, String> labels) {}

  public record GetFolder(UUID folderId) {}

  public record UpdateFolder(
      UUID folderId,
      @Nullable String name,
      @Nullable String parentId,
      @Nullable Map<String, String> labels) {}

  public record DeleteFolder(UUID folderId) {}

  /** {@code folder_id} may be {@code root}. */
  public record ListFolderContents(String folderId, @Nullable Pagination pagination) {}

  public record FolderContents(List<FolderView> resources, PaginationView pagination) {}

  public static final Operation<ListFolders, FolderList> LIST =
      CloudApi.get("/folders", ListFolders.class, FolderList.class)
          .id("ListFolders", TAG)
          .allow(Permission.READ_FOLDER, Target.anywhere())
          .since(ApiVersion.V2023_04_10.date())
          .summary("Lists the folders that the caller may see, by name");

  public static final Operation<CreateFolder, FolderView> CREATE =
      CloudApi.post("/folders", CreateFolder.class, FolderView.class)
          .id("CreateFolder", TAG)
          .allow(Permission.CREATE_FOLDER, Target.parentFolder(in -> Parents.folder(in.parentId())))
          .audit("AUDIT_LOG_ACTION_CREATE_FOLDER")
          .since(ApiVersion.V2023_04_10.date())
          .summary("Creates a folder");

  public static final Operation<GetFolder, FolderView> GET =
      CloudApi.get("/folders/{folder_id}", GetFolder.class, FolderView.class)
          .id("GetFolder", TAG)
          .allow(Permission.READ_FOLDER, Target.folder(GetFolder::folderId))
          .since(ApiVersion.V2023_04_10.date())
          .summary("Shows a folder");

  public static final Operation<UpdateFolder, FolderView> UPDATE =
      CloudApi.patch("/folders/{folder_id}", UpdateFolder.class, FolderView.class)
          .id("UpdateFolder", TAG)
          .allow(Permission.UPDATE_FOLDER, Target.folder(UpdateFolder::folderId))
          .audit("AUDIT_LOG_ACTION_UPDATE_FOLDER")
          .since(ApiVersion.V2023_04_10.date())
          .summary("Updates a folder: name, parent, labels");

  public static final Operation<DeleteFolder, Nothing> DELETE =
      CloudApi.delete("/folders/{folder_id}", DeleteFolder.class, Nothing.class)
          .id("DeleteFolder", TAG)
          .allow(Permission.DELETE_FOLDER, Target.folder(DeleteFolder::folderId))
          .audit("AUDIT_LOG_ACTION_DELETE_FOLDER")
          .since(ApiVersion.V2023_04_10.date())
          .summary("Deletes an empty folder");

  public static final Operation<ListFolderContents, FolderContents> CONTENTS =
      CloudApi.get("/folders/{folder_id}/contents", ListFolderContents.class, FolderContents.class)
          .id("ListFolderContents", TAG)
          .allow(Permission.READ_FOLDER_CONTENTS, Target.anywhere())
          .since(ApiVersion.V2023_04_10.date())
          .summary("Lists the contents of a folder: folders by name, then clusters by name");

  public static final List<Operation<?, ?>> ALL =
      List.of(LIST, CREATE, GET, UPDATE, DELETE, CONTENTS);

  private FolderOperations() {}
}
