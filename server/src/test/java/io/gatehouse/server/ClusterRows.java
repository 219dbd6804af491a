package io.gatehouse.server;

import io.gatehouse.platform.json.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Rows of clusters that nobody makes, because they stand on a host that is not there: for tests of
 * what is shown of many clusters.
 */
final class ClusterRows {
  private final Jdbi jdbi;
  private final UUID template;

  /** Rows that look like this cluster's. */
  ClusterRows(TestServer server, String template) {
    this.jdbi = server.installation().store().database().jdbi();
    this.template = UUID.fromString(template);
  }

  String add(String name, String parentId, Instant createdAt) {
    return add(name, Map.of("parent_id", parentId, "created_at", createdAt));
  }

  /** A row of a cluster that never gets ready. */
  String addInCreation(String name) {
    return add(name, Map.of("state", "CREATING"));
  }

  /** A row of a cluster that is being changed for ever. */
  String addLocked(String name) {
    return add(name, Map.of("state", "LOCKED"));
  }

  String addDeleted(String name, Instant createdAt, Instant deletedAt) {
    return add(
        name,
        Map.of(
            "created_at", createdAt, "deleted_at", deletedAt, "state", "DELETED", "active", false));
  }

  /** Makes so many at once, in another organization. */
  void addMany(String organizationId, int count) {
    insert(
        count,
        Map.of("organization_id", organizationId, "parent_id", organizationId, "host", unknown()));
  }

  private String add(String name, Map<String, Object> members) {
    String id = unknown();
    Map<String, Object> all = new HashMap<>(members);
    all.put("name", name);
    all.put("cluster_id", id);
    all.put("host", unknown());
    insert(1, all);
    return id;
  }

  private void insert(int count, Map<String, Object> members) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into cloud.cluster
                    select made.* from cloud.cluster as given, generate_series(1, :count) as number,
                      jsonb_populate_record(cast(null as cloud.cluster),
                        to_jsonb(given) || cast(:members as jsonb) || case when :count = 1
                          then '{}' else jsonb_build_object(
                            'cluster_id', gen_random_uuid(), 'name', 'cluster-' || number)
                          end) as made
                    where given.cluster_id = :template
                    """)
                .bind("count", count)
                .bind("members", Json.write(members))
                .bind("template", template)
                .execute());
  }

  void markDeleted(String id) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update cloud.cluster set state = 'DELETED', active = false, deleted_at = now()
                    where cluster_id = :id
                    """)
                .bind("id", UUID.fromString(id))
                .execute());
  }

  void remove(String id) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from cloud.cluster where cluster_id = :id")
                .bind("id", UUID.fromString(id))
                .execute());
  }

  private static String unknown() {
    return UUID.randomUUID().toString();
  }
}
