package io.gatehouse.server;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The rows of an organization's audit log, for tests that do not wait until a second is over. */
final class AuditRows {
  private static final String COUNTED = "select coalesce(sum(calls), 0) from platform.refused_call";

  private final Jdbi jdbi;
  private final UUID organization;

  AuditRows(TestServer server, TestOrganization organization) {
    this.jdbi = server.installation().store().database().jdbi();
    this.organization = UUID.fromString(organization.id());
  }

  /** Removes what was recorded so far. */
  void clear() {
    execute("delete from platform.audit_event where organization_id = :organization");
  }

  /** Makes everything that was recorded an hour older, so that its seconds are over. */
  void age() {
    execute(
        """
        update platform.audit_event set created_at = created_at - interval '1 hour'
        where organization_id = :organization
        """);
  }

  /**
   * Has calls refused that are all counted in one minute, ends that minute, and waits for the
   * events.
   *
   * @param calls makes calls of which so many are refused; made again when a minute ends meanwhile
   */
  void refuse(long count, Runnable calls) {
    Instant minute;
    do {
      clear();
      execute("delete from platform.refused_call where organization_id = :organization");
      minute = now().truncatedTo(ChronoUnit.MINUTES);
      calls.run();
    } while (!areCountedIn(minute, count));
    Await.until(() -> number(COUNTED), sum -> sum == 0);
  }

  /** Whether all calls were counted before the minute ended; if so, ends it. */
  private boolean areCountedIn(Instant minute, long count) {
    Await.until(
        () -> number(COUNTED),
        sum -> sum == count || now().isAfter(minute.plus(1, ChronoUnit.MINUTES)));
    return count
        == jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        with ended as (
                          update platform.refused_call set minute = minute - interval '1 hour'
                          where organization_id = :organization and minute = :minute
                          returning calls)
                        select coalesce(sum(calls), 0) from ended
                        """)
                    .bind("organization", organization)
                    .bind("minute", minute.atOffset(ZoneOffset.UTC))
                    .mapTo(Long.class)
                    .one());
  }

  private long number(String select) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(select + " where organization_id = :organization")
                .bind("organization", organization)
                .mapTo(Long.class)
                .one());
  }

  /** What the clock of the store says. */
  Instant now() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select clock_timestamp()")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant());
  }

  /** An event of this time; gives its id. */
  UUID insert(Instant time, String outcome) {
    UUID id = UUID.randomUUID();
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into platform.audit_event (
                      organization_id, event_id, created_at, action, actor_id, actor_name,
                      ip_address, trace_id, payload, outcome)
                    values (:organization, :id, :time, 'X', null, '', '', '', '{}', :outcome)
                    """)
                .bind("organization", organization)
                .bind("id", id)
                .bind("time", time.atOffset(ZoneOffset.UTC))
                .bind("outcome", outcome)
                .execute());
    return id;
  }

  /** What the server does when the work of an event has ended. */
  void complete(UUID event) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update platform.audit_event set outcome = 'SUCCEEDED' where event_id = ?", event));
  }

  private void execute(String sql) {
    jdbi.useHandle(handle -> handle.createUpdate(sql).bind("organization", organization).execute());
  }
}
