package io.gatehouse.cloud.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.gatehouse.cloud.cluster.ClusterRequests.SortBy;
import io.gatehouse.cloud.region.CloudProvider;
import io.gatehouse.engines.Endpoint;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.paging.KeysetRange;
import io.gatehouse.platform.paging.SortKey;
import io.gatehouse.platform.store.Area;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Tx;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The rows of clusters. */
public final class ClusterStore {
  /** What is not deleted yet counts as deleted last. */
  static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private static final SortKey.Column CLUSTER_ID = SortKey.id("cluster_id");
  private static final String DELETED_AT =
      "coalesce(deleted_at, timestamptz '%s')".formatted(NEVER);

  void insert(Tenant tenant, Tx tx, Cluster cluster) {
    bind(
            tx.handle()
                .createUpdate(
                    """
                    insert into cloud.cluster (
                      organization_id, cluster_id, parent_id, name, cloud_provider,
                      cockroach_version, creator_id, spec, labels, delete_protection, host, wanted,
                      generation, settled_generation, state, active, created_at, updated_at, version)
                    values (
                      :organization, :id, :parentId, :name, :provider,
                      :cockroachVersion, :creatorId, :spec, :labels, :deleteProtection, :host,
                      :wanted, :generation, :settledGeneration, :state, :active, :createdAt,
                      :updatedAt, :version)
                    """),
            cluster)
        .bind("organization", tenant.organization())
        .bind("name", cluster.name())
        .bind("provider", cluster.provider().name())
        .bind("cockroachVersion", cluster.cockroachVersion())
        .bind("creatorId", cluster.creatorId())
        .bind("host", cluster.host())
        .bind("createdAt", utc(cluster.createdAt()))
        .bind("updatedAt", utc(cluster.updatedAt()))
        .execute();
    tx.touch(tenant, Area.ACCESS);
  }

  /** Writes what is wanted, if the row is still of the version that was read. */
  boolean update(Tenant tenant, Tx tx, Cluster cluster) {
    tx.touch(tenant, Area.RESOURCES);
    return bind(
                tx.handle()
                    .createUpdate(
                        """
                        update cloud.cluster
                        set parent_id = :parentId, spec = :spec, labels = :labels,
                            delete_protection = :deleteProtection, wanted = :wanted,
                            generation = :generation, settled_generation = :settledGeneration,
                            state = :state, active = :active, failure = :failure,
                            sql_host = :sqlHost, sql_port = :sqlPort,
                            updated_at = now(), deleted_at = :deletedAt, version = version + 1
                        where organization_id = :organization and cluster_id = :id
                          and version = :version
                        """),
                cluster)
            .bind("organization", tenant.organization())
            .bind("failure", cluster.condition().failure().orElse(null))
            .bind("sqlHost", cluster.endpoint().map(Endpoint::host).orElse(null))
            .bind("sqlPort", cluster.endpoint().map(Endpoint::port).orElse(null))
            .bind("deletedAt", cluster.condition().deletedAt().map(ClusterStore::utc).orElse(null))
            .execute()
        == 1;
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Cluster cluster) {
    return statement
        .bind("id", cluster.id())
        .bind("parentId", cluster.parentId())
        .bind("spec", specJson(cluster.spec()))
        .bind("labels", Json.write(cluster.placement().labels()))
        .bind("deleteProtection", cluster.placement().deleteProtection())
        .bind("wanted", cluster.goal().wanted().name())
        .bind("generation", cluster.goal().generation())
        .bind("settledGeneration", cluster.condition().settledGeneration())
        .bind("state", cluster.state().name())
        .bind("active", cluster.state().isActive())
        .bind("version", cluster.version());
  }

  Optional<Cluster> find(Tenant tenant, Session session, UUID id) {
    return session
        .handle()
        .createQuery(
            """
            select * from cloud.cluster where organization_id = :organization and cluster_id = :id
            """)
        .bind("organization", tenant.organization())
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Where a cluster stands: the folder, or the organization. */
  public Optional<UUID> parentOf(Tenant tenant, Session session, UUID id) {
    return session
        .handle()
        .createQuery(
            """
            select parent_id from cloud.cluster
            where organization_id = :organization and cluster_id = :id
            """)
        .bind("organization", tenant.organization())
        .bind("id", id)
        .mapTo(UUID.class)
        .findOne();
  }

  /** Whether there is such a cluster, and it is neither deleted nor failed. */
  public boolean isActive(Tenant tenant, Session session, UUID id) {
    return session
        .handle()
        .createQuery(
            """
            select exists (
              select 1 from cloud.cluster
              where organization_id = :organization and cluster_id = :id and active)
            """)
        .bind("organization", tenant.organization())
        .bind("id", id)
        .mapTo(Boolean.class)
        .one();
  }

  /** Which clusters a list may show. */
  record Filter(boolean all, Set<UUID> folders, Set<UUID> clusters, boolean inactive) {}

  List<Cluster> list(
      Tenant tenant, Session session, Filter filter, SortBy sortBy, KeysetRange window) {
    Query query =
        session
            .handle()
            .createQuery(filter.all() ? LIST_ALL : LIST_SOME)
            .define("state", filter.inactive() ? "true" : "active")
            .define("column", sortBy.name().toLowerCase(Locale.ROOT))
            .bind("organization", tenant.organization());
    if (!filter.all()) {
      query
          .bind("folders", filter.folders().toArray(UUID[]::new))
          .bind("clusters", filter.clusters().toArray(UUID[]::new));
    }
    return window.apply(query, sortKey(sortBy)).map((row, context) -> read(row)).list();
  }

  private static final String LIST_ALL =
      """
      select * from cloud.cluster
      where organization_id = :organization and <state> and <after>
      order by <order>
      limit :limit
      """;

  /**
   * One index range for each visible folder, so that clusters elsewhere cost nothing; and only the
   * keys of the candidates, since most of them are not on the page.
   */
  private static final String LIST_SOME =
      """
      select * from cloud.cluster
      where organization_id = :organization and cluster_id in (
        select cluster_id from (
          select page.* from unnest(cast(:folders as uuid[])) as visible (folder_id)
          cross join lateral (
            select cluster_id, <column> from cloud.cluster
            where organization_id = :organization and parent_id = visible.folder_id
              and <state> and <after>
            order by <order>
            limit :limit) as page
          union
          select cluster_id, <column> from cloud.cluster
          where organization_id = :organization and cluster_id = any(cast(:clusters as uuid[]))
            and <state> and <after>) as candidate
        order by <order>
        limit :limit)
      order by <order>
      """;

  static SortKey sortKey(SortBy sortBy) {
    return switch (sortBy) {
      case NAME -> SortKey.of(SortKey.text("name"), CLUSTER_ID);
      case CREATED_AT -> SortKey.of(SortKey.time("created_at"), CLUSTER_ID);
      case DELETED_AT -> SortKey.of(SortKey.time(DELETED_AT), CLUSTER_ID);
    };
  }

  /** For the reconciler, which is woken by an id alone: the cluster, whosever it is. */
  public Optional<Cluster> findForReconciler(Session session, UUID id) {
    return session
        .handle()
        .createQuery("select * from cloud.cluster where cluster_id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** For the reconcilers: what a server has to look after, of all organizations. */
  public List<UUID> idsOnHost(Session session, UUID host, Cluster.Wanted wanted) {
    return session
        .handle()
        .createQuery(
            """
            select cluster_id from cloud.cluster
            where host = :host and wanted = :wanted
              and (active or settled_generation \\< generation)
            """)
        .bind("host", host)
        .bind("wanted", wanted.name())
        .mapTo(UUID.class)
        .list();
  }

  private static Cluster read(ResultSet row) throws SQLException {
    return new Cluster(
        row.getObject("cluster_id", UUID.class),
        new Tenant(row.getObject("organization_id", UUID.class)),
        row.getString("name"),
        CloudProvider.valueOf(row.getString("cloud_provider")),
        row.getString("cockroach_version"),
        row.getObject("creator_id", UUID.class),
        row.getObject("host", UUID.class),
        new Cluster.Placement(
            row.getObject("parent_id", UUID.class),
            labels(row.getString("labels")),
            row.getBoolean("delete_protection")),
        new Cluster.Goal(
            Cluster.Wanted.valueOf(row.getString("wanted")),
            Json.read(row.getString("spec"), ClusterSpec.class),
            row.getLong("generation")),
        condition(row),
        instant(row, "created_at").orElseThrow(),
        instant(row, "updated_at").orElseThrow(),
        row.getLong("version"));
  }

  private static Cluster.Condition condition(ResultSet row) throws SQLException {
    return new Cluster.Condition(
        ClusterState.valueOf(row.getString("state")),
        row.getLong("settled_generation"),
        Optional.ofNullable(row.getString("failure")),
        endpoint(row.getString("sql_host"), row.getInt("sql_port")),
        instant(row, "deleted_at"));
  }

  private static String specJson(ClusterSpec spec) {
    try {
      return Json.MAPPER.writerFor(ClusterSpec.class).writeValueAsString(spec);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> labels(String json) {
    return Json.read(json, TreeMap.class);
  }

  private static Optional<Endpoint> endpoint(@Nullable String host, int port) {
    return host == null ? Optional.empty() : Optional.of(new Endpoint(host, port));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
