package io.gatehouse.cloud.auditlog;

import io.gatehouse.cloud.auditlog.AuditLogOperations.AuditLogs;
import io.gatehouse.cloud.auditlog.AuditLogOperations.ListAuditLogs;
import io.gatehouse.platform.audit.AuditEvent;
import io.gatehouse.platform.audit.AuditStore;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import io.gatehouse.platform.paging.SortOrder;
import io.gatehouse.platform.store.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries out the operations of the audit log. */
public final class AuditLogRoutes {
  private static final int USUAL_LIMIT = 200;

  private final AuditStore store;
  private final Transactions transactions;

  public AuditLogRoutes(AuditStore store, Transactions transactions) {
    this.store = store;
    this.transactions = transactions;
  }

  public List<Route<?, ?>> routes() {
    return List.of(Route.of(AuditLogOperations.LIST, this::list));
  }

  private AuditLogs list(Call call, ListAuditLogs input) {
    SortOrder order = Objects.requireNonNullElse(input.sortOrder(), SortOrder.ASC);
    int limit = Objects.requireNonNullElse(input.limit(), USUAL_LIMIT);
    Optional<Instant> from = Optional.ofNullable(input.startingFrom());
    List<AuditEvent> events =
        transactions.read(session -> store.list(call.tenant(), session, from, order, limit));
    return new AuditLogs(
        events.stream().map(AuditLogEntryView::of).toList(), next(call, events, order));
  }

  /** Where to go on: after the last event, while there is one after it. */
  private @Nullable Instant next(Call call, List<AuditEvent> events, SortOrder order) {
    if (events.isEmpty()) {
      return null;
    }
    Instant last = events.getLast().createdAt();
    boolean more =
        !transactions
            .read(session -> store.list(call.tenant(), session, Optional.of(last), order, 1))
            .isEmpty();
    return more ? last : null;
  }
}
