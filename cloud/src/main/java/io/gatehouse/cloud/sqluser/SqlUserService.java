package io.gatehouse.cloud.sqluser;

import io.gatehouse.cloud.cluster.Cluster;
import io.gatehouse.cloud.cluster.ClusterSql;
import io.gatehouse.cloud.sqluser.SqlUserOperations.ChangePassword;
import io.gatehouse.cloud.sqluser.SqlUserOperations.CreateSqlUser;
import io.gatehouse.cloud.sqluser.SqlUserOperations.DeleteSqlUser;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.Subject;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.paging.Page;
import io.gatehouse.platform.paging.PageRequest;
import io.gatehouse.platform.paging.Pages;
import io.gatehouse.platform.store.Tenant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** The use cases of SQL users. */
public final class SqlUserService {
  private final ClusterSql clusters;
  private final AuditLog audit;

  public SqlUserService(ClusterSql clusters, AuditLog audit) {
    this.clusters = clusters;
    this.audit = audit;
  }

  public Page<String> list(Tenant tenant, UUID clusterId, PageRequest request) {
    Cluster cluster = clusters.requireServing(tenant, clusterId);
    return Pages.page(
        request,
        ClusterSql.BY_NAME,
        List::of,
        window -> clusters.with(cluster, sql -> sql.users(ClusterSql.page(window))));
  }

  public void create(Call call, CreateSqlUser wanted) {
    SqlNames.checkUser(wanted.name());
    SqlNames.checkPassword(wanted.password());
    Cluster cluster = clusters.requireUnlocked(call.tenant(), wanted.clusterId());
    change(
        call,
        cluster,
        wanted.name(),
        name -> clusters.with(cluster, sql -> sql.createUser(name, wanted.password())),
        ErrorCode.ALREADY_EXISTS.with("resource", "SQL user", "name", wanted.name()));
  }

  public void delete(Call call, DeleteSqlUser wanted) {
    Cluster cluster = clusters.requireUnlocked(call.tenant(), wanted.clusterId());
    change(
        call,
        cluster,
        wanted.name(),
        name -> SqlNames.isUser(name) && clusters.with(cluster, sql -> sql.dropUser(name)),
        GatehouseException.notFound("SQL user"));
  }

  public void changePassword(Call call, ChangePassword wanted) {
    SqlNames.checkPassword(wanted.password());
    Cluster cluster = clusters.requireUnlocked(call.tenant(), wanted.clusterId());
    change(
        call,
        cluster,
        wanted.name(),
        name ->
            SqlNames.isUser(name)
                && clusters.with(cluster, sql -> sql.changePassword(name, wanted.password())),
        GatehouseException.notFound("SQL user"));
  }

  private void change(
      Call call,
      Cluster cluster,
      String name,
      Predicate<String> change,
      GatehouseException otherwise) {
    Subject subject = Subject.cluster(cluster.id(), cluster.name()).and("sql_user", name);
    audit.around(
        call,
        subject,
        () -> {
          if (!change.test(name)) {
            throw otherwise;
          }
          return name;
        });
  }
}
