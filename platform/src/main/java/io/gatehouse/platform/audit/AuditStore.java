package io.gatehouse.platform.audit;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.paging.SortOrder;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The rows of the audit log; they are only ever added, and completed once. */
public final class AuditStore {

  /**
   * The time for an event of this transaction: later than that of any event that was committed, so
   * that who reads on from the last event that there was misses none.
   */
  Instant nextTime(Tenant tenant, Tx tx) {
    return tx.handle()
        .createQuery(
            """
            insert into platform.audit_clock (organization_id, last_at)
            values (:organization, clock_timestamp())
            on conflict (organization_id) do update
            set last_at = greatest(
              clock_timestamp(), platform.audit_clock.last_at + interval '1 microsecond')
            returning last_at
            """)
        .bind("organization", tenant.organization())
        .mapTo(OffsetDateTime.class)
        .one()
        .toInstant();
  }

  void insert(Tenant tenant, Tx tx, AuditEvent event) {
    tx.handle()
        .createUpdate(
            """
            insert into platform.audit_event (
              organization_id, event_id, created_at, action, actor_id, actor_name, ip_address,
              trace_id, cluster_id, cluster_name, payload, error, outcome)
            values (
              :organization, :id, :createdAt, :action, cast(:actor as uuid), :actorName, :ipAddress,
              :traceId, cast(:clusterId as uuid), :clusterName, :payload, :error, :outcome)
            """)
        .bind("organization", tenant.organization())
        .bind("id", event.id())
        .bind("createdAt", event.createdAt().atOffset(ZoneOffset.UTC))
        .bind("action", event.action())
        .bind("actor", event.actor().orElse(null))
        .bind("actorName", event.actorName())
        .bind("ipAddress", event.ipAddress())
        .bind("traceId", event.traceId())
        .bind("clusterId", event.clusterId())
        .bind("clusterName", event.clusterName())
        .bind("payload", Json.write(event.payload()))
        .bind("error", event.error().orElse(null))
        .bind("outcome", event.outcome().name())
        .execute();
  }

  /** Completes an event that was begun before something outside the store was done. */
  void complete(Tenant tenant, Tx tx, UUID id, AuditEvent.Outcome outcome, Optional<String> error) {
    tx.handle()
        .createUpdate(
            """
            update platform.audit_event set outcome = :outcome, error = :error
            where organization_id = :organization and event_id = :id and outcome = 'STARTED'
            """)
        .bind("organization", tenant.organization())
        .bind("id", id)
        .bind("outcome", outcome.name())
        .bind("error", error.orElse(null))
        .execute();
  }

  /**
   * The events after (or, descending, before) a point in time, in order: so many, and then all that
   * share the last one's time.
   */
  public List<AuditEvent> list(
      Tenant tenant, Session session, Optional<Instant> from, SortOrder order, int limit) {
    boolean up = order == SortOrder.ASC;
    return session
        .handle()
        .createQuery(
            """
            select * from platform.audit_event
            where organization_id = :organization and <after>
              and created_at <within> (
                select <last>(created_at) from (
                  select created_at from platform.audit_event
                  where organization_id = :organization and <after>
                  order by created_at <direction> limit :limit) as page)
            order by created_at <direction>, event_id <direction>
            """)
        .define(
            "after", from.map(time -> "created_at " + (up ? ">" : "<") + " :from").orElse("true"))
        .define("within", up ? "<=" : ">=")
        .define("last", up ? "max" : "min")
        .define("direction", order.name())
        .bind("organization", tenant.organization())
        .bind("from", from.map(time -> time.atOffset(ZoneOffset.UTC)).orElse(null))
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private static AuditEvent read(ResultSet row) throws SQLException {
    return new AuditEvent(
        row.getObject("event_id", UUID.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getString("action"),
        Optional.ofNullable(row.getObject("actor_id", UUID.class)),
        row.getString("actor_name"),
        row.getString("ip_address"),
        row.getString("trace_id"),
        row.getObject("cluster_id", UUID.class),
        row.getString("cluster_name"),
        payload(row.getString("payload")),
        Optional.ofNullable(row.getString("error")),
        AuditEvent.Outcome.valueOf(row.getString("outcome")));
  }

  private static Map<String, Object> payload(String json) {
    return Json.MAPPER.convertValue(Json.read(json, JsonNode.class), new TypeReference<>() {});
  }
}
