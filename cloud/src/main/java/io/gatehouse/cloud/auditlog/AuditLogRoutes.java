package io.gatehouse.cloud.auditlog;

import io.gatehouse.cloud.auditlog.AuditLogOperations.AuditLogs;
import io.gatehouse.cloud.auditlog.AuditLogOperations.ListAuditLogs;
import io.gatehouse.platform.audit.AuditEvent;
import io.gatehouse.platform.audit.AuditStore;
import io.gatehouse.platform.error.GatehouseException;
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
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

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
    from.ifPresent(AuditLogRoutes::requireStorable);
    List<AuditEvent> events =
        transactions.read(session -> store.list(call.tenant(), session, from, order, limit));
    return new AuditLogs(
        events.stream().map(AuditLogEntryView::of).toList(),
        switch (order) {
          case ASC -> events.isEmpty() ? from.orElse(EARLIEST) : events.getLast().createdAt();
          case DESC -> earlier(call, events);
        });
  }

  /** Times as the API's documents bound them, which a store can compare too. */
  private static void requireStorable(Instant from) {
    if (from.isBefore(EARLIEST) || from.isAfter(LATEST)) {
      throw GatehouseException.invalid("starting_from", "must be within the years 1 to 9999");
    }
  }

  /**
   * Where to go on into the past, while there is something; events to come never end (seed 004).
   */
  private @Nullable Instant earlier(Call call, List<AuditEvent> events) {
    if (events.isEmpty()) {
      return null;
    }
    Optional<Instant> last = Optional.of(events.getLast().createdAt());
    boolean more =
        !transactions
            .read(session -> store.list(call.tenant(), session, last, SortOrder.DESC, 1))
            .isEmpty();
    return more ? last.get() : null;
  }
}
