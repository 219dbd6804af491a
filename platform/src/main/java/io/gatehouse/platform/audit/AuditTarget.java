package io.gatehouse.platform.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** On what something was done, and its essential details; never a secret. */
public record AuditTarget(
    @Nullable UUID clusterId, @Nullable String clusterName, Map<String, Object> details) {

  public static AuditTarget cluster(UUID id, String name) {
    return new AuditTarget(id, name, Map.of());
  }

  public static AuditTarget none() {
    return new AuditTarget(null, null, Map.of());
  }

  /** The same with one more detail. */
  public AuditTarget and(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(details);
    more.put(name, value);
    return new AuditTarget(clusterId, clusterName, more);
  }
}
