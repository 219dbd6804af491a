package io.gatehouse.platform.audit;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.paging.SortOrder;
import io.gatehouse.platform.secret.CredentialMask;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** The rows of the audit log; they are only ever added, and completed once. */
public final class AuditStore {
  private static final String ABANDONED =
      "outcome = 'STARTED' and created_at < clock_timestamp() - :bound * interval '1 second'";

  /** From one time, inclusive, until another, exclusive. */
  public record TimeRange(Instant from, Instant until) {}

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
        .bind("actorName", CredentialMask.mask(event.actorName()))
        .bind("ipAddress", event.ipAddress())
        .bind("traceId", event.traceId())
        .bind("clusterId", event.clusterId())
        .bind("clusterName", CredentialMask.maskNullable(event.clusterName()))
        .bind("payload", payload(event.payload()))
        .bind("error", event.error().map(CredentialMask::mask).orElse(null))
        .bind("outcome", event.outcome().name())
        .execute();
  }

  private static String payload(Map<String, Object> details) {
    return Json.write(CredentialMask.mask(Json.MAPPER.<JsonNode>valueToTree(details)));
  }

  /**
   * Completes an event that was begun before something outside the store was done.
   *
   * @param details what was done, as it is known now
   * @return false when it was not open any more
   */
  boolean complete(
      Tenant tenant,
      Tx tx,
      UUID id,
      Map<String, Object> details,
      AuditEvent.Outcome outcome,
      Optional<String> error) {
    return tx.handle()
            .createUpdate(
                """
                update platform.audit_event
                set outcome = :outcome, error = :error, payload = :payload
                where organization_id = :organization and event_id = :id and outcome = 'STARTED'
                """)
            .bind("organization", tenant.organization())
            .bind("id", id)
            .bind("outcome", outcome.name())
            .bind("payload", payload(details))
            .bind("error", error.map(CredentialMask::mask).orElse(null))
            .execute()
        == 1;
  }

  /** Whether any organization has an event that has been open for longer than this. */
  boolean hasOpenForLongerThan(Session session, Duration bound) {
    return session
        .handle()
        .createQuery("select exists (select 1 from platform.audit_event where <abandoned>)")
        .define("abandoned", ABANDONED)
        .bind("bound", bound.toSeconds())
        .mapTo(Boolean.class)
        .one();
  }

  /** Closes the events that have been open for longer than this, of every organization. */
  int closeOpenForLongerThan(Tx tx, Duration bound) {
    return tx.handle()
        .createUpdate("update platform.audit_event set outcome = 'UNKNOWN' where <abandoned>")
        .define("abandoned", ABANDONED)
        .bind("bound", bound.toSeconds())
        .execute();
  }

  /**
   * The second up to which the log is final: it is over, nothing in an earlier one is open, and
   * nothing will ever be added to an earlier one. Whoever adds an event holds the row of {@code
   * audit_clock} until it is committed. When nobody holds it, every event to come is later than
   * now; otherwise every event that is not committed yet is later than the last one that is.
   */
  Instant horizon(Tenant tenant, Session session) {
    Instant now = now(session);
    String lastAt =
        "select last_at from platform.audit_clock where organization_id = :organization";
    Optional<Instant> quiet = time(session, tenant, lastAt + " for share skip locked");
    Optional<Instant> last = quiet.or(() -> time(session, tenant, lastAt));
    Instant complete = quiet.isPresent() ? later(now, quiet.get()) : last.orElse(now);
    Optional<Instant> open =
        time(
            session,
            tenant,
            """
            select min(created_at) from platform.audit_event
            where organization_id = :organization and outcome = 'STARTED'
            """);
    return open.filter(complete::isAfter).orElse(complete).truncatedTo(ChronoUnit.SECONDS);
  }

  private static Instant now(Session session) {
    return session
        .handle()
        .createQuery("select clock_timestamp()")
        .mapTo(OffsetDateTime.class)
        .one()
        .toInstant();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Optional<Instant> time(Session session, Tenant tenant, String sql) {
    return session
        .handle()
        .createQuery(sql)
        .bind("organization", tenant.organization())
        .mapTo(OffsetDateTime.class)
        .findOne()
        .map(OffsetDateTime::toInstant);
  }

  /** The time of the event at the limit of a page, or of the last one there is. */
  Optional<Instant> limit(
      Tenant tenant, Session session, TimeRange range, SortOrder order, int limit) {
    return query(
            tenant,
            session,
            range,
            """
            select <last>(created_at) from (
              select created_at from platform.audit_event
              where organization_id = :organization
                and created_at >= :from and created_at < :until
              order by created_at <direction> limit :limit) as page
            """)
        .define("last", order == SortOrder.ASC ? "max" : "min")
        .define("direction", order.name())
        .bind("limit", limit)
        .mapTo(OffsetDateTime.class)
        .findOne()
        .map(OffsetDateTime::toInstant);
  }

  /** All events of a range, in order, open ones too. */
  public List<AuditEvent> list(Tenant tenant, Session session, TimeRange range, SortOrder order) {
    return query(
            tenant,
            session,
            range,
            """
            select * from platform.audit_event
            where organization_id = :organization and created_at >= :from and created_at < :until
            order by created_at <direction>, event_id <direction>
            """)
        .define("direction", order.name())
        .map((row, context) -> read(row))
        .list();
  }

  private static Query query(Tenant tenant, Session session, TimeRange range, String sql) {
    return session
        .handle()
        .createQuery(sql)
        .bind("organization", tenant.organization())
        .bind("from", range.from().atOffset(ZoneOffset.UTC))
        .bind("until", range.until().atOffset(ZoneOffset.UTC));
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
