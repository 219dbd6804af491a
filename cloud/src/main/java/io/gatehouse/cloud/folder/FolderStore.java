package io.gatehouse.cloud.folder;

import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.paging.KeysetRange;
import io.gatehouse.platform.paging.SortKey;
import io.gatehouse.platform.store.Area;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The rows of folders. */
public final class FolderStore {
  static final SortKey BY_NAME = SortKey.of(SortKey.text("name"), SortKey.id("folder_id"));
  static final SortKey BY_KIND_AND_NAME =
      SortKey.of(SortKey.number("kind"), SortKey.text("name"), SortKey.id("id"));

  void insert(Tenant tenant, Tx tx, Folder folder) {
    tx.handle()
        .createUpdate(
            """
            insert into cloud.folder (
              organization_id, folder_id, parent_id, name, labels, created_at, version)
            values (:organization, :id, :parentId, :name, :labels, :createdAt, 1)
            """)
        .bind("organization", tenant.organization())
        .bind("id", folder.id())
        .bind("parentId", folder.parentId())
        .bind("name", folder.name())
        .bind("labels", Json.write(folder.labels()))
        .bind("createdAt", folder.createdAt().atOffset(ZoneOffset.UTC))
        .execute();
    tx.touch(tenant, Area.ACCESS);
  }

  /** Changes name, parent and labels, if the folder is still of this version. */
  boolean update(Tenant tenant, Tx tx, Folder folder) {
    tx.touch(tenant, Area.ACCESS);
    return tx.handle()
            .createUpdate(
                """
                update cloud.folder
                set name = :name, parent_id = :parentId, labels = :labels, version = version + 1
                where organization_id = :organization and folder_id = :id and version = :version
                """)
            .bind("organization", tenant.organization())
            .bind("id", folder.id())
            .bind("parentId", folder.parentId())
            .bind("name", folder.name())
            .bind("labels", Json.write(folder.labels()))
            .bind("version", folder.version())
            .execute()
        == 1;
  }

  void delete(Tenant tenant, Tx tx, UUID id) {
    tx.handle()
        .createUpdate(
            "delete from cloud.folder where organization_id = :organization and folder_id = :id")
        .bind("organization", tenant.organization())
        .bind("id", id)
        .execute();
    tx.touch(tenant, Area.ACCESS);
  }

  /** All folders; there are few enough to look at all of them. */
  public FolderTree tree(Tenant tenant, Session session) {
    return FolderTree.of(
        tenant,
        session
            .handle()
            .createQuery("select * from cloud.folder where organization_id = :organization")
            .bind("organization", tenant.organization())
            .map((row, context) -> read(row))
            .list());
  }

  /** Folders by name, among those that may be seen. */
  List<Folder> list(Tenant tenant, Session session, Set<UUID> among, KeysetRange window) {
    var query =
        session
            .handle()
            .createQuery(
                """
                select * from cloud.folder
                where organization_id = :organization
                  and folder_id = any(cast(:among as uuid[])) and <after>
                order by <order>
                limit :limit
                """)
            .bind("organization", tenant.organization())
            .bind("among", among.toArray(UUID[]::new));
    return window.apply(query, BY_NAME).map((row, context) -> read(row)).list();
  }

  /** Folders by name, then clusters by name, that stand in one place and may be seen. */
  List<FolderEntry> contents(
      Tenant tenant, Session session, UUID parentId, Shown shown, KeysetRange window) {
    var query =
        session
            .handle()
            .createQuery(
                """
                select * from (
                  select 0 as kind, name, folder_id as id, labels from cloud.folder
                  where organization_id = :organization and parent_id = :parentId
                    and folder_id = any(cast(:folders as uuid[]))
                  union all
                  select 1 as kind, name, cluster_id as id, labels from cloud.cluster
                  where organization_id = :organization and parent_id = :parentId and active
                    and (:allClusters or cluster_id = any(cast(:clusters as uuid[])))
                ) as contents
                where <after>
                order by <order>
                limit :limit
                """)
            .bind("organization", tenant.organization())
            .bind("parentId", parentId)
            .bind("folders", shown.folders().toArray(UUID[]::new))
            .bind("allClusters", shown.allClusters())
            .bind("clusters", shown.clusters().toArray(UUID[]::new));
    return window.apply(query, BY_KIND_AND_NAME).map((row, context) -> entry(row)).list();
  }

  boolean hasClusters(Tenant tenant, Session session, UUID id) {
    return session
        .handle()
        .createQuery(
            """
            select exists (
              select 1 from cloud.cluster
              where organization_id = :organization and parent_id = :id and active)
            """)
        .bind("organization", tenant.organization())
        .bind("id", id)
        .mapTo(Boolean.class)
        .one();
  }

  /** Whether any of these clusters stands in a folder. */
  boolean standsIn(Tenant tenant, Session session, UUID id, Set<UUID> clusters) {
    return session
        .handle()
        .createQuery(
            """
            select exists (
              select 1 from cloud.cluster
              where organization_id = :organization and parent_id = :id and active
                and cluster_id = any(cast(:clusters as uuid[])))
            """)
        .bind("organization", tenant.organization())
        .bind("id", id)
        .bind("clusters", clusters.toArray(UUID[]::new))
        .mapTo(Boolean.class)
        .one();
  }

  /** What of a folder's contents may be seen. */
  record Shown(Set<UUID> folders, boolean allClusters, Set<UUID> clusters) {}

  private static Folder read(ResultSet row) throws SQLException {
    return new Folder(
        row.getObject("folder_id", UUID.class),
        row.getObject("parent_id", UUID.class),
        row.getString("name"),
        labels(row),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"));
  }

  private static FolderEntry entry(ResultSet row) throws SQLException {
    return new FolderEntry(
        row.getInt("kind") == 0 ? FolderEntry.Kind.FOLDER : FolderEntry.Kind.CLUSTER,
        row.getObject("id", UUID.class),
        row.getString("name"),
        labels(row));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> labels(ResultSet row) throws SQLException {
    return Json.read(row.getString("labels"), TreeMap.class);
  }
}
