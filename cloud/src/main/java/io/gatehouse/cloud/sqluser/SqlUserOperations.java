package io.gatehouse.cloud.sqluser;

import io.gatehouse.cloud.api.CloudApi;
import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.version.ApiVersion;
import io.gatehouse.engines.SqlUser;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Target;
import io.gatehouse.platform.secret.Secret;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of SQL users. */
public final class SqlUserOperations {
  private static final String TAG = "SQL Users";

  public record ListSqlUsers(UUID clusterId, @Nullable Pagination pagination) {}

  /**
   * A SQL user.
   *
   * @param removal how its removal stands, if it is being removed or was just now; an extension
   */
  public record SqlUserView(String name, @Nullable RemovalView removal) {
    static SqlUserView of(SqlUser user) {
      return new SqlUserView(user.name(), user.removal().map(RemovalView::of).orElse(null));
    }
  }

  public record SqlUserList(List<SqlUserView> users, PaginationView pagination) {}

  public record CreateSqlUser(UUID clusterId, @NotNull String name, @NotNull Secret password) {}

  public record DeleteSqlUser(UUID clusterId, String name) {}

  public record ChangePassword(UUID clusterId, String name, @NotNull Secret password) {}

  public static final Operation<ListSqlUsers, SqlUserList> LIST =
      CloudApi.get("/clusters/{cluster_id}/sql-users", ListSqlUsers.class, SqlUserList.class)
          .id("ListSQLUsers", TAG)
          .allow(Permission.LIST_SQL_USERS, Target.cluster(ListSqlUsers::clusterId))
          .since(ApiVersion.V2022_03_31.date())
          .summary("Lists the SQL users of a cluster by name");

  public static final Operation<CreateSqlUser, SqlUserView> CREATE =
      CloudApi.post("/clusters/{cluster_id}/sql-users", CreateSqlUser.class, SqlUserView.class)
          .id("CreateSQLUser", TAG)
          .allow(Permission.MANAGE_SQL_USERS, Target.cluster(CreateSqlUser::clusterId))
          .audit("AUDIT_LOG_ACTION_CREATE_SQL_USER")
          .since(ApiVersion.V2022_03_31.date())
          .summary("Creates a SQL user that administers the cluster");

  public static final Operation<DeleteSqlUser, SqlUserView> DELETE =
      CloudApi.delete(
              "/clusters/{cluster_id}/sql-users/{name}", DeleteSqlUser.class, SqlUserView.class)
          .id("DeleteSQLUser", TAG)
          .allow(Permission.MANAGE_SQL_USERS, Target.cluster(DeleteSqlUser::clusterId))
          .audit("AUDIT_LOG_ACTION_DELETE_SQL_USER")
          .revokes()
          .since(ApiVersion.V2022_03_31.date())
          .summary("Deletes a SQL user: revokes its access at once and reassigns what it owns");

  public static final Operation<ChangePassword, SqlUserView> CHANGE_PASSWORD =
      CloudApi.put(
              "/clusters/{cluster_id}/sql-users/{name}/password",
              ChangePassword.class,
              SqlUserView.class)
          .id("UpdateSQLUserPassword", TAG)
          .allow(Permission.MANAGE_SQL_USERS, Target.cluster(ChangePassword::clusterId))
          .audit("AUDIT_LOG_ACTION_CHANGE_SQL_USER_PASSWORD")
          .since(ApiVersion.V2022_03_31.date())
          .summary("Changes the password of a SQL user");

  public static final List<Operation<?, ?>> ALL = List.of(LIST, CREATE, DELETE, CHANGE_PASSWORD);

  private SqlUserOperations() {}
}
