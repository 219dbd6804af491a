package io.gatehouse.platform.audit;

import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.store.Tenant;
import java.util.Map;
import java.util.Optional;

/**
 * A call that was refused because nobody proved who they are, or because they may not do it.
 *
 * @param tenant the organization that it was aimed at, as far as that is known
 * @param principal who called; empty when nobody proved it
 * @param path what the call named in its path; the caller's own text
 */
public record RefusedCall(
    Optional<Tenant> tenant,
    Optional<Principal> principal,
    Operation<?, ?> operation,
    String clientAddress,
    String traceId,
    Map<String, String> path,
    String error) {

  /** The audit action of calls that are refused before anyone is known to make them. */
  private static final String LOGIN = "AUDIT_LOG_ACTION_USER_LOGIN";

  /** The audit action of refused calls that would have read something. */
  private static final String READ = "AUDIT_LOG_ACTION_READ";

  String action() {
    if (principal.isEmpty()) {
      return LOGIN;
    }
    return operation.changes() ? operation.auditAction() : READ;
  }

  /** Whom the calls of a minute are counted by. */
  String caller() {
    return principal.map(known -> known.id().toString()).orElse(clientAddress);
  }
}
