package io.gatehouse.platform.audit;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import io.gatehouse.platform.store.Tx;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes the audit log. A change of the store records its event in its own transaction; a change
 * outside of it (in a cluster's database) records the event before it begins and completes it
 * after, so that no change is ever without one.
 */
public final class AuditLog {
  /** An event that has been open for longer is closed: whoever began it is gone. */
  public static final Duration MAX_OPEN = Duration.ofMinutes(2);

  private final AuditStore store;
  private final Transactions transactions;
  private final Ids ids;
  private final RefusedCalls refusedCalls;

  public AuditLog(AuditStore store, Transactions transactions, Ids ids) {
    this.store = store;
    this.transactions = transactions;
    this.ids = ids;
    this.refusedCalls = new RefusedCalls(new RefusedCallStore(), store, transactions, ids);
  }

  /** Records, with the change itself, that the call did what its operation does. */
  public void record(Tx tx, Call call, AuditTarget subject) {
    insert(tx, call, subject, AuditEvent.Outcome.SUCCEEDED, Optional.empty());
  }

  /** Counts a refused call; the event of its minute is written when that is over. */
  public void recordRefusal(RefusedCall call) {
    refusedCalls.count(call);
  }

  /**
   * Closes what nobody completed, and brings refused calls to the log; called every second.
   *
   * @param onlyOrganization gives the organization of a store that has but one
   */
  public void maintain(Function<Session, Optional<Tenant>> onlyOrganization) {
    if (transactions.read(session -> store.hasOpenForLongerThan(session, MAX_OPEN))) {
      transactions.write(tx -> store.closeOpenForLongerThan(tx, MAX_OPEN));
    }
    refusedCalls.flush(onlyOrganization);
    refusedCalls.recordPastMinutes();
  }

  /** Records that a call failed. */
  public void recordFailure(Call call, AuditTarget subject, String error) {
    transactions.write(
        tx -> insert(tx, call, subject, AuditEvent.Outcome.FAILED, Optional.of(error)));
  }

  /** Records what this program did on its own account. */
  public void recordSystem(
      Tx tx, Tenant tenant, String action, AuditTarget subject, Optional<String> error) {
    AuditEvent.Outcome outcome =
        error.isPresent() ? AuditEvent.Outcome.FAILED : AuditEvent.Outcome.SUCCEEDED;
    store.insert(
        tenant,
        tx,
        new AuditEvent(
            ids.next(),
            store.nextTime(tenant, tx),
            action,
            Optional.empty(),
            AuditEvent.SYSTEM,
            "",
            "",
            subject.clusterId(),
            subject.clusterName(),
            subject.details(),
            error,
            outcome));
  }

  /** Does something outside of the store, with its event recorded before and completed after. */
  public <T> T around(Call call, AuditTarget subject, Supplier<T> change) {
    return around(call, subject, change, _ -> subject);
  }

  /**
   * The same where the result belongs into the event.
   *
   * @param done what the event says in the end, for a result
   */
  public <T> T around(
      Call call, AuditTarget subject, Supplier<T> change, Function<T, AuditTarget> done) {
    UUID id = begin(call, subject);
    T result = orFailed(call, subject, id, change);
    complete(call, done.apply(result), id, AuditEvent.Outcome.SUCCEEDED, Optional.empty());
    return result;
  }

  private <T> T orFailed(Call call, AuditTarget subject, UUID id, Supplier<T> change) {
    try {
      return change.get();
    } catch (RuntimeException e) {
      GatehouseException failure =
          e instanceof GatehouseException known
              ? known
              : ErrorCode.INTERNAL.with("trace", call.traceId()).causedBy(e);
      Optional<String> error = Optional.of(String.valueOf(failure.getMessage()));
      complete(call, subject, id, AuditEvent.Outcome.FAILED, error);
      throw failure.audited();
    }
  }

  private UUID begin(Call call, AuditTarget subject) {
    return transactions.write(
        tx -> insert(tx, call, subject, AuditEvent.Outcome.STARTED, Optional.empty()));
  }

  /**
   * One that took so long that its event was closed has its outcome told by an event of its own.
   */
  private void complete(
      Call call, AuditTarget subject, UUID id, AuditEvent.Outcome outcome, Optional<String> error) {
    transactions.write(
        tx ->
            store.complete(call.tenant(), tx, id, subject.details(), outcome, error)
                ? id
                : insert(tx, call, subject.and("completes", id), outcome, error));
  }

  private UUID insert(
      Tx tx, Call call, AuditTarget subject, AuditEvent.Outcome outcome, Optional<String> error) {
    AuditEvent event =
        new AuditEvent(
            ids.next(),
            store.nextTime(call.tenant(), tx),
            call.operation().auditAction(),
            Optional.of(call.principal().id()),
            call.principal().name(),
            call.clientAddress(),
            call.traceId(),
            subject.clusterId(),
            subject.clusterName(),
            subject.details(),
            error,
            outcome);
    store.insert(call.tenant(), tx, event);
    return event.id();
  }
}
