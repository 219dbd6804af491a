package io.gatehouse.platform.audit;

import io.gatehouse.platform.audit.AuditStore.TimeRange;
import io.gatehouse.platform.paging.SortOrder;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Reads the audit log page by page. Pages begin and end at whole seconds, because clients hand
 * times back without a fraction: all events of a second stand on one page, even if that exceeds the
 * limit. A second is shown once it is final, so that a reader who goes on misses nothing and never
 * reads anything that changes later.
 */
public final class AuditReader {
  /** Before and after every event, within what the API can say. */
  public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final AuditStore store;

  public AuditReader(AuditStore store) {
    this.store = store;
  }

  /**
   * A page.
   *
   * @param next from where to read on, a whole second; into the past only while there is something,
   *     into the future always
   */
  public record AuditPage(List<AuditEvent> events, Optional<Instant> next) {}

  /** The events of the seconds after (or, descending, before) the one given. */
  public AuditPage read(
      Tenant tenant, Session session, Optional<Instant> from, SortOrder order, int limit) {
    Instant horizon = store.horizon(tenant, session);
    Optional<Instant> second = from.map(AuditReader::second);
    return switch (order) {
      case ASC -> forwards(tenant, session, second, horizon, limit);
      case DESC -> backwards(tenant, session, second, horizon, limit);
    };
  }

  private AuditPage forwards(
      Tenant tenant, Session session, Optional<Instant> after, Instant horizon, int limit) {
    Instant start = after.map(AuditReader::next).orElse(EARLIEST);
    return store
        .limit(tenant, session, new TimeRange(start, horizon), SortOrder.ASC, limit)
        .map(AuditReader::second)
        .map(
            last ->
                new AuditPage(
                    store.list(tenant, session, new TimeRange(start, next(last)), SortOrder.ASC),
                    Optional.of(last)))
        .orElseGet(() -> new AuditPage(List.of(), after.or(() -> Optional.of(EARLIEST))));
  }

  private AuditPage backwards(
      Tenant tenant, Session session, Optional<Instant> before, Instant horizon, int limit) {
    Instant end = before.filter(horizon::isAfter).orElse(horizon);
    return store
        .limit(tenant, session, new TimeRange(EARLIEST, end), SortOrder.DESC, limit)
        .map(AuditReader::second)
        .map(
            last ->
                new AuditPage(
                    store.list(tenant, session, new TimeRange(last, end), SortOrder.DESC),
                    Optional.of(last).filter(time -> hasBefore(tenant, session, time))))
        .orElseGet(() -> new AuditPage(List.of(), Optional.empty()));
  }

  private boolean hasBefore(Tenant tenant, Session session, Instant time) {
    TimeRange earlier = new TimeRange(EARLIEST, time);
    return store.limit(tenant, session, earlier, SortOrder.DESC, 1).isPresent();
  }

  private static Instant second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private static Instant next(Instant second) {
    return second.plusSeconds(1);
  }
}
