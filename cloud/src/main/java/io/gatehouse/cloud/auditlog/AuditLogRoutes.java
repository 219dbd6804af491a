package io.gatehouse.cloud.auditlog;

import io.gatehouse.cloud.auditlog.AuditLogOperations.AuditLogs;
import io.gatehouse.cloud.auditlog.AuditLogOperations.ListAuditLogs;
import io.gatehouse.platform.audit.AuditReader;
import io.gatehouse.platform.audit.AuditReader.AuditPage;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import io.gatehouse.platform.paging.SortOrder;
import io.gatehouse.platform.store.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Carries out the operations of the audit log. */
public final class AuditLogRoutes {
  private static final int DEFAULT_LIMIT = 200;

  private final AuditReader reader;
  private final Transactions transactions;

  public AuditLogRoutes(AuditReader reader, Transactions transactions) {
    this.reader = reader;
    this.transactions = transactions;
  }

  public List<Route<?, ?>> routes() {
    return List.of(Route.of(AuditLogOperations.LIST, this::list));
  }

  private AuditLogs list(Call call, ListAuditLogs input) {
    SortOrder order = Objects.requireNonNullElse(input.sortOrder(), SortOrder.ASC);
    int limit = Objects.requireNonNullElse(input.limit(), DEFAULT_LIMIT);
    Optional<Instant> from = Optional.ofNullable(input.startingFrom());
    from.ifPresent(AuditLogRoutes::requireStorable);
    AuditPage page =
        transactions.read(session -> reader.read(call.tenant(), session, from, order, limit));
    return new AuditLogs(
        page.events().stream().map(AuditLogEntryView::of).toList(), page.next().orElse(null));
  }

  /** Times as the API's documents bound them, which a store can compare too. */
  private static void requireStorable(Instant from) {
    if (from.isBefore(AuditReader.EARLIEST) || from.isAfter(AuditReader.LATEST)) {
      throw GatehouseException.invalid("starting_from", "must be within the years 1 to 9999");
    }
  }
}
