package io.gatehouse.platform.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** On what something was done, and its essential details; never a secret. */
public record Subject(
    @Nullable UUID clusterId, @Nullable String clusterName, Map<String, Object> details) {

  public static Subject cluster(UUID id, String name) {
    return new Subject(id, name, Map.of());
  }

  public static Subject none() {
    return new Subject(null, null, Map.of());
  }

  /** The same with one more detail. */
  public Subject and(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(details);
    more.put(name, value);
    return new Subject(clusterId, clusterName, more);
  }
}
