package io.gatehouse.cloud.database;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.gatehouse.cloud.api.CloudApi;
import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.version.ApiVersion;
import io.gatehouse.engines.SqlDatabase;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Operation.Declaration;
import io.gatehouse.platform.operation.Target;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of databases; the audit log has no actions of its own for them. */
public final class DatabaseOperations {
  private static final String TAG = "Databases";
  private static final String CHANGED = "AUDIT_LOG_ACTION_UPDATE_CLUSTER";
  private static final String ALL_OF_CLUSTER = "/clusters/{cluster_id}/databases";
  private static final String ONE = "/clusters/{cluster_id}/databases/{name}";

  public record ListDatabases(UUID clusterId, @Nullable Pagination pagination) {}

  /** The number of tables is a 64-bit number and so written as text. */
  public record DatabaseView(
      String name, @JsonFormat(shape = JsonFormat.Shape.STRING) long tableCount) {
    static DatabaseView of(SqlDatabase database) {
      return new DatabaseView(database.name(), database.tableCount());
    }
  }

  public record DatabaseList(List<DatabaseView> databases, PaginationView pagination) {}

  public record CreateDatabase(UUID clusterId, @NotNull String name) {}

  /** The present name stands in the path, or in the body of the older form. */
  public record EditDatabase(UUID clusterId, @NotNull String name, @NotNull String newName) {}

  public record DeleteDatabase(UUID clusterId, String name) {}

  public static final Operation<ListDatabases, DatabaseList> LIST =
      CloudApi.get(ALL_OF_CLUSTER, ListDatabases.class, DatabaseList.class)
          .id("ListDatabases", TAG)
          .allow(Permission.LIST_DATABASES, Target.cluster(ListDatabases::clusterId))
          .since(ApiVersion.V2022_09_20.date())
          .summary("Lists the databases of a cluster by name");

  public static final Operation<CreateDatabase, DatabaseView> CREATE =
      CloudApi.post(ALL_OF_CLUSTER, CreateDatabase.class, DatabaseView.class)
          .id("CreateDatabase", TAG)
          .allow(Permission.MANAGE_DATABASES, Target.cluster(CreateDatabase::clusterId))
          .audit(CHANGED)
          .since(ApiVersion.V2022_09_20.date())
          .summary("Creates a database");

  public static final Operation<EditDatabase, DatabaseView> EDIT_BY_BODY =
      edit(CloudApi.patch(ALL_OF_CLUSTER, EditDatabase.class, DatabaseView.class))
          .id("EditDatabase2", TAG)
          .since(ApiVersion.V2022_09_20.date())
          .summary("Renames the database that the body names");

  public static final Operation<EditDatabase, DatabaseView> EDIT =
      edit(CloudApi.patch(ONE, EditDatabase.class, DatabaseView.class))
          .id("EditDatabase", TAG)
          .since(ApiVersion.V2023_04_10.date())
          .summary("Renames a database");

  public static final Operation<DeleteDatabase, DatabaseView> DELETE =
      CloudApi.delete(ONE, DeleteDatabase.class, DatabaseView.class)
          .id("DeleteDatabase", TAG)
          .allow(Permission.MANAGE_DATABASES, Target.cluster(DeleteDatabase::clusterId))
          .audit(CHANGED)
          .since(ApiVersion.V2022_09_20.date())
          .summary("Drops a database with its data");

  public static final List<Operation<?, ?>> ALL = List.of(LIST, CREATE, EDIT_BY_BODY, EDIT, DELETE);

  private static Declaration<EditDatabase, DatabaseView> edit(
      Declaration<EditDatabase, DatabaseView> declaration) {
    return declaration
        .allow(Permission.MANAGE_DATABASES, Target.cluster(EditDatabase::clusterId))
        .audit(CHANGED);
  }

  private DatabaseOperations() {}
}
