package io.gatehouse.cloud.auditlog;

import io.gatehouse.cloud.api.CloudApi;
import io.gatehouse.cloud.version.ApiVersion;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Target;
import io.gatehouse.platform.paging.SortOrder;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of the audit log; its paging is by time. */
public final class AuditLogOperations {
  public record ListAuditLogs(
      @Nullable Instant startingFrom,
      @Nullable SortOrder sortOrder,
      @Nullable
          @Min(value = 1, message = "must be at least 1")
          @Max(value = 1000, message = "must be at most 1000")
          Integer limit) {}

  public record AuditLogs(List<AuditLogEntryView> entries, @Nullable Instant nextStartingFrom) {}

  public static final Operation<ListAuditLogs, AuditLogs> LIST =
      CloudApi.get("/auditlogevents", ListAuditLogs.class, AuditLogs.class)
          .id("ListAuditLogs", "Audit Logs")
          .allow(Permission.READ_AUDIT_LOG, Target.organization())
          .since(ApiVersion.V2023_04_10.date())
          .summary("Lists the audit log of the organization by time");

  public static final List<Operation<?, ?>> ALL = List.of(LIST);

  private AuditLogOperations() {}
}
