package io.gatehouse.platform.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done or tried.
 *
 * @param action the name of what was done, such as {@code AUDIT_LOG_ACTION_CREATE_CLUSTER}
 * @param actor who did it; empty when this program did it on its own account, or nobody knows who
 * @param actorName the name of who did it; {@link #SYSTEM} for this program, empty when nobody
 *     knows
 * @param clusterId the cluster that it was done on, if it was one
 * @param payload the essential details; never a secret
 * @param error why it failed; empty when it succeeded
 */
public record AuditEvent(
    UUID id,
    Instant createdAt,
    String action,
    Optional<UUID> actor,
    String actorName,
    String ipAddress,
    String traceId,
    @Nullable UUID clusterId,
    @Nullable String clusterName,
    Map<String, Object> payload,
    Optional<String> error,
    Outcome outcome) {

  /** The actor of what this program did on its own account. */
  static final String SYSTEM = "SYSTEM";

  /** How it ended, as far as is known. */
  public enum Outcome {
    /** Begun outside the store and not ended yet; no reader sees it before its outcome. */
    STARTED,
    SUCCEEDED,
    FAILED,
    /**
     * Begun, and closed after {@link AuditLog#MAX_OPEN} because nobody recorded what came of it.
     */
    UNKNOWN
  }

  /** Whether this program did it on its own account. */
  public boolean isSystem() {
    return actor.isEmpty() && actorName.equals(SYSTEM);
  }
}
