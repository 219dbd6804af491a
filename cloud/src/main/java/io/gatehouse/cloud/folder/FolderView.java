package io.gatehouse.cloud.folder;

import io.gatehouse.platform.store.Tenant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A folder, or a cluster among a folder's contents, as the API shows it. */
public record FolderView(
    String resourceId,
    FolderEntry.Kind resourceType,
    String parentId,
    String organizationId,
    String name,
    List<PathSegment> path,
    Map<String, String> labels) {

  /** A folder above; the outermost comes first. */
  public record PathSegment(String id, String name) {}

  static FolderView of(FolderTree tree, Folder folder) {
    FolderEntry entry =
        new FolderEntry(FolderEntry.Kind.FOLDER, folder.id(), folder.name(), folder.labels());
    return of(tree, folder.parentId(), entry);
  }

  static FolderView of(FolderTree tree, UUID parentId, FolderEntry entry) {
    Tenant tenant = tree.tenant();
    return new FolderView(
        entry.id().toString(),
        entry.kind(),
        Parents.shown(tenant, parentId),
        tenant.organization().toString(),
        entry.name(),
        tree.ancestors(parentId).stream()
            .map(above -> new PathSegment(above.id().toString(), above.name()))
            .toList(),
        entry.labels());
  }
}
