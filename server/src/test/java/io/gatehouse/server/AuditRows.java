package io.gatehouse.server;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The rows of an organization's audit log, for tests that do not wait until a second is over. */
final class AuditRows {
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
   * Waits until the minute that it is goes on for a while, so that all calls are counted in one.
   */
  void awaitRoomInMinute() {
    Await.until(this::now, now -> now.getEpochSecond() % 60 < 50);
  }

  /**
   * Waits until so many refused calls were counted, ends their minute, and waits for the events.
   */
  void endMinuteOfRefusals(long calls) {
    String counted = "select coalesce(sum(calls), 0) from platform.refused_call";
    Await.until(() -> number(counted), sum -> sum == calls);
    execute(
        """
        update platform.refused_call set minute = minute - interval '1 hour'
        where organization_id = :organization
        """);
    Await.until(() -> number(counted), sum -> sum == 0);
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
