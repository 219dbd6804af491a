package io.gatehouse.cloud.database;

import io.gatehouse.cloud.cluster.Cluster;
import io.gatehouse.cloud.cluster.ClusterSql;
import io.gatehouse.cloud.database.DatabaseOperations.CreateDatabase;
import io.gatehouse.cloud.database.DatabaseOperations.DeleteDatabase;
import io.gatehouse.cloud.database.DatabaseOperations.EditDatabase;
import io.gatehouse.cloud.sqluser.SqlNames;
import io.gatehouse.engines.SqlAdmin;
import io.gatehouse.engines.SqlDatabase;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditTarget;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.paging.Page;
import io.gatehouse.platform.paging.PageRequest;
import io.gatehouse.platform.paging.Pages;
import io.gatehouse.platform.store.Tenant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The use cases of databases. */
public final class DatabaseService {
  private final ClusterSql clusters;
  private final AuditLog audit;

  public DatabaseService(ClusterSql clusters, AuditLog audit) {
    this.clusters = clusters;
    this.audit = audit;
  }

  public Page<SqlDatabase> list(Tenant tenant, UUID clusterId, PageRequest request) {
    Cluster cluster = clusters.requireServing(tenant, clusterId);
    return Pages.page(
        request,
        ClusterSql.BY_NAME,
        database -> List.of(database.name()),
        window -> clusters.with(cluster, sql -> sql.databases(ClusterSql.page(window))));
  }

  public SqlDatabase create(Call call, CreateDatabase wanted) {
    SqlNames.checkDatabase("name", wanted.name());
    return change(
        call,
        wanted.clusterId(),
        wanted.name(),
        sql -> {
          if (!sql.createDatabase(wanted.name())) {
            throw taken(wanted.name());
          }
          return new SqlDatabase(wanted.name(), 0);
        });
  }

  public SqlDatabase edit(Call call, EditDatabase wanted) {
    SqlNames.checkDatabase("new_name", wanted.newName());
    return change(call, wanted.clusterId(), wanted.name(), sql -> rename(sql, wanted));
  }

  private static SqlDatabase rename(SqlAdmin sql, EditDatabase wanted) {
    if (wanted.name().equals(wanted.newName())) {
      return sql.database(wanted.name()).orElseThrow(DatabaseService::notFound);
    }
    return switch (sql.renameDatabase(wanted.name(), wanted.newName())) {
      case DONE -> sql.database(wanted.newName()).orElseThrow(DatabaseService::notFound);
      case NO_SUCH_DATABASE -> throw notFound();
      case NAME_TAKEN -> throw taken(wanted.newName());
    };
  }

  public SqlDatabase delete(Call call, DeleteDatabase wanted) {
    return change(
        call,
        wanted.clusterId(),
        wanted.name(),
        sql -> sql.dropDatabase(wanted.name()).orElseThrow(DatabaseService::notFound));
  }

  private SqlDatabase change(
      Call call, UUID clusterId, String name, Function<SqlAdmin, SqlDatabase> change) {
    Cluster cluster = clusters.requireUnlocked(call.tenant(), clusterId);
    AuditTarget subject =
        AuditTarget.cluster(cluster.id(), cluster.name())
            .and("operation", call.operation().id())
            .and("database", name);
    return audit.around(call, subject, () -> clusters.with(cluster, change));
  }

  private static GatehouseException taken(String name) {
    return ErrorCode.ALREADY_EXISTS.with("resource", "database", "name", name);
  }

  private static GatehouseException notFound() {
    return GatehouseException.notFound("database");
  }
}
