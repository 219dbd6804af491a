package io.gatehouse.platform.audit;

import io.gatehouse.platform.audit.RefusedCallStore.Counter;
import io.gatehouse.platform.audit.RefusedCallStore.Group;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import io.gatehouse.platform.store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts refused calls, and writes one audit event for each caller, action and minute: however many
 * calls are refused, memory and log stay bounded. The counts go to the store every second and
 * become events when their minute is over, so that several servers write one event together and a
 * killed server loses a second of counting at most.
 *
 * <p>A call by nobody known belongs to the organization of the key it named, else to the only
 * organization there is. With several organizations it belongs to none, and stands in the log of
 * the server.
 */
final class RefusedCalls {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedCalls.class);

  /** So many callers, actions and operations are told apart within a second. */
  private static final int MAX_COUNTERS = 1000;

  private record Key(Optional<Tenant> tenant, String caller, String action, String operation) {}

  private final RefusedCallStore store;
  private final AuditStore events;
  private final Transactions transactions;
  private final Ids ids;
  private Map<Key, Counter> counters = new HashMap<>();

  RefusedCalls(RefusedCallStore store, AuditStore events, Transactions transactions, Ids ids) {
    this.store = store;
    this.events = events;
    this.transactions = transactions;
    this.ids = ids;
  }

  void count(RefusedCall call) {
    add(call.tenant(), Counter.of(call));
  }

  private synchronized void add(Optional<Tenant> tenant, Counter counter) {
    Key own = key(tenant, counter);
    boolean hasRoom = counters.size() < MAX_COUNTERS || counters.containsKey(own);
    Counter counted = hasRoom ? counter : counter.amongOthers();
    counters.merge(key(tenant, counted), counted, Counter::plus);
  }

  private static Key key(Optional<Tenant> tenant, Counter counter) {
    return new Key(tenant, counter.caller(), counter.action(), counter.operation());
  }

  /**
   * Brings the counts to the store; when that fails they are kept for the next time.
   *
   * @param only gives the organization of a store that has but one
   */
  void flush(Function<Session, Optional<Tenant>> only) {
    Map<Key, Counter> taken = take();
    if (taken.isEmpty()) {
      return;
    }
    try {
      logUnattributed(transactions.write(tx -> flush(tx, taken, only.apply(tx))));
    } catch (RuntimeException e) {
      taken.forEach((key, counter) -> add(key.tenant(), counter));
      throw e;
    }
  }

  private synchronized Map<Key, Counter> take() {
    Map<Key, Counter> taken = counters;
    counters = new HashMap<>();
    return taken;
  }

  /** Gives back what belongs to no organization. */
  private List<Counter> flush(Tx tx, Map<Key, Counter> taken, Optional<Tenant> only) {
    Map<Tenant, List<Counter>> byTenant = new LinkedHashMap<>();
    List<Counter> unattributed = new ArrayList<>();
    taken.forEach(
        (key, counter) ->
            key.tenant()
                .or(() -> only)
                .map(tenant -> byTenant.computeIfAbsent(tenant, id -> new ArrayList<>()))
                .orElse(unattributed)
                .add(counter));
    byTenant.forEach((tenant, some) -> store.add(tenant, tx, some));
    return unattributed;
  }

  /** One line a second at most. */
  private static void logUnattributed(List<Counter> unattributed) {
    if (!unattributed.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("calls", unattributed.stream().mapToLong(Counter::calls).sum())
          .addKeyValue(
              "addresses", unattributed.stream().map(Counter::caller).distinct().limit(5).toList())
          .log("calls with keys that no organization has were refused");
    }
  }

  /** Writes the events of the minutes that are over. */
  void recordPastMinutes() {
    for (Tenant tenant : transactions.read(store::withPastMinutes)) {
      transactions.write(
          tx -> {
            List<Group> groups = store.takePastMinutes(tenant, tx);
            groups.forEach(group -> events.insert(tenant, tx, event(tenant, tx, group)));
            return groups.size();
          });
    }
  }

  private AuditEvent event(Tenant tenant, Tx tx, Group group) {
    Counter first = group.counters().getFirst();
    return new AuditEvent(
        ids.next(),
        events.nextTime(tenant, tx),
        first.action(),
        first.principalId(),
        first.principalName(),
        first.ipAddress(),
        first.traceId(),
        null,
        null,
        details(group),
        Optional.of(first.error()),
        AuditEvent.Outcome.FAILED);
  }

  private static Map<String, Object> details(Group group) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("count", group.counters().stream().mapToLong(Counter::calls).sum());
    details.put("minute", group.minute().toString());
    details.put("path", group.counters().getFirst().path());
    details.put("operations", group.counters().stream().map(RefusedCalls::operation).toList());
    return details;
  }

  private static Map<String, Object> operation(Counter counter) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operation", counter.operation());
    operation.put("count", counter.calls());
    operation.put("path", counter.path());
    return operation;
  }
}
