package io.gatehouse.platform.readiness;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.gatehouse.platform.readiness.ReadinessStatus.Degraded;
import io.gatehouse.platform.readiness.ReadinessStatus.NotReady;
import io.gatehouse.platform.readiness.ReadinessStatus.Ready;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code /readyz}.
 *
 * @param status the worst of all checks: {@code ready}, {@code degraded} or {@code not_ready}
 */
public record ReadinessReport(String status, List<Check> checks) {
  private static final String READY = "ready";
  private static final String DEGRADED = "degraded";
  private static final String NOT_READY = "not_ready";

  /** One check; the reason is absent while it is ready. */
  public record Check(String name, String status, @Nullable String reason) {
    static Check of(String name, ReadinessStatus status) {
      return switch (status) {
        case Ready ready -> new Check(name, READY, null);
        case Degraded(String reason) -> new Check(name, DEGRADED, reason);
        case NotReady(String reason) -> new Check(name, NOT_READY, reason);
      };
    }
  }

  static ReadinessReport of(List<Check> checks) {
    List<String> statuses = checks.stream().map(Check::status).toList();
    String worst =
        statuses.contains(NOT_READY) ? NOT_READY : statuses.contains(DEGRADED) ? DEGRADED : READY;
    return new ReadinessReport(worst, List.copyOf(checks));
  }

  /** Whether the server should get requests: so it should when it is degraded. */
  @JsonIgnore
  public boolean isUsable() {
    return !status.equals(NOT_READY);
  }
}
