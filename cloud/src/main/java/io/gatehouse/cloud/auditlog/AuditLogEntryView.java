package io.gatehouse.cloud.auditlog;

import io.gatehouse.platform.audit.AuditEvent;
import io.gatehouse.platform.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An audit event as the API shows it; {@code payload} is JSON written as text. */
public record AuditLogEntryView(
    String id,
    String action,
    Instant createdAt,
    String clusterId,
    String clusterName,
    String error,
    MetadataView metadata,
    String payload,
    String serviceAccountName,
    String userEmail,
    String sessionId,
    String traceId,
    String source,
    @Nullable String systemActorName) {

  public record MetadataView(String ipAddress) {}

  static AuditLogEntryView of(AuditEvent event) {
    boolean system = event.isSystem();
    return new AuditLogEntryView(
        event.id().toString(),
        event.action(),
        event.createdAt(),
        event.clusterId() == null ? "" : event.clusterId().toString(),
        Objects.requireNonNullElse(event.clusterName(), ""),
        error(event),
        new MetadataView(event.ipAddress()),
        payload(event),
        system ? "" : event.actorName(),
        "",
        "",
        event.traceId(),
        system ? "AUDIT_LOG_SOURCE_INTERNAL" : "AUDIT_LOG_SOURCE_CC_API",
        system ? "SYSTEM_ACTOR_NAME_SYSTEM" : null);
  }

  private static String error(AuditEvent event) {
    return switch (event.outcome()) {
      case SUCCEEDED -> "";
      case FAILED -> event.error().orElse("failed");
      case STARTED, UNKNOWN ->
          "the outcome is unknown: the server ended, or lost its store, before it was recorded";
    };
  }

  private static String payload(AuditEvent event) {
    Map<String, Object> payload = new LinkedHashMap<>(event.payload());
    event.actor().ifPresent(actor -> payload.put("service_account_id", actor));
    return Json.write(payload);
  }
}
