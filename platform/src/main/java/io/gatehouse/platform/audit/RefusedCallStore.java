package io.gatehouse.platform.audit;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.secret.CredentialMask;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The rows that count refused calls until their minute is over. */
final class RefusedCallStore {
  /** So many unknown addresses have an event of their own in a minute. */
  private static final int MAX_ADDRESSES = 10;

  private static final int MAX_PATH_VALUE = 100;
  private static final String CURRENT_MINUTE = "date_trunc('minute', clock_timestamp())";

  /**
   * How many calls of one operation were refused to one caller, and what the first of them was.
   *
   * @param caller the id of the principal, or the address of nobody known
   */
  record Counter(
      String caller,
      String action,
      String operation,
      Optional<UUID> principalId,
      String principalName,
      String ipAddress,
      String traceId,
      Map<String, String> path,
      String error,
      long calls) {
    private static final String OTHERS = "others";

    static Counter of(RefusedCall call) {
      return new Counter(
          call.caller(),
          call.action(),
          call.operation().id(),
          call.principal().map(Principal::id),
          call.principal().map(Principal::name).orElse(""),
          call.clientAddress(),
          call.traceId(),
          shortened(call.path()),
          call.error(),
          1);
    }

    private static Map<String, String> shortened(Map<String, String> path) {
      Map<String, String> shortened = new LinkedHashMap<>();
      path.forEach(
          (name, value) -> {
            String masked = CredentialMask.mask(value);
            shortened.put(name, masked.substring(0, Math.min(masked.length(), MAX_PATH_VALUE)));
          });
      return shortened;
    }

    Counter plus(Counter more) {
      return new Counter(
          caller,
          action,
          operation,
          principalId,
          principalName,
          ipAddress,
          traceId,
          path,
          error,
          calls + more.calls);
    }

    /** The same as one of many callers that are not told apart. */
    Counter amongOthers() {
      return new Counter(
          OTHERS, action, operation, Optional.empty(), "", OTHERS, traceId, path, error, calls);
    }

    private boolean isOfUnknownAddress() {
      return principalId.isEmpty() && !caller.equals(OTHERS);
    }
  }

  /** What one event tells of: the counters of one caller, action and minute. */
  record Group(Instant minute, List<Counter> counters) {}

  private record GroupKey(Instant minute, String caller, String action) {}

  private record Row(GroupKey group, Counter counter) {}

  /** Adds to the counters of the minute that it is. */
  void add(Tenant tenant, Tx tx, List<Counter> counters) {
    OffsetDateTime minute =
        tx.handle().createQuery("select " + CURRENT_MINUTE).mapTo(OffsetDateTime.class).one();
    Set<String> addresses = addresses(tenant, tx, minute);
    for (Counter counter : counters) {
      boolean told =
          !counter.isOfUnknownAddress()
              || addresses.contains(counter.caller())
              || (addresses.size() < MAX_ADDRESSES && addresses.add(counter.caller()));
      add(tenant, tx, minute, told ? counter : counter.amongOthers());
    }
  }

  private static Set<String> addresses(Tenant tenant, Tx tx, OffsetDateTime minute) {
    return new HashSet<>(
        tx.handle()
            .createQuery(
                """
                select distinct caller from platform.refused_call
                where organization_id = :organization and minute = :minute
                  and principal_id is null and caller != :others
                """)
            .bind("organization", tenant.organization())
            .bind("minute", minute)
            .bind("others", Counter.OTHERS)
            .mapTo(String.class)
            .list());
  }

  private static void add(Tenant tenant, Tx tx, OffsetDateTime minute, Counter counter) {
    tx.handle()
        .createUpdate(
            """
            insert into platform.refused_call (
              organization_id, minute, caller, action, operation, principal_id, principal_name,
              ip_address, trace_id, path, error, calls)
            values (
              :organization, :minute, :caller, :action, :operation, cast(:principal as uuid), :name,
              :ipAddress, :traceId, :path, :error, :calls)
            on conflict (organization_id, minute, caller, action, operation)
            do update set calls = platform.refused_call.calls + excluded.calls
            """)
        .bind("organization", tenant.organization())
        .bind("minute", minute)
        .bind("caller", counter.caller())
        .bind("action", counter.action())
        .bind("operation", counter.operation())
        .bind("principal", counter.principalId().orElse(null))
        .bind("name", counter.principalName())
        .bind("ipAddress", counter.ipAddress())
        .bind("traceId", counter.traceId())
        .bind("path", Json.write(counter.path()))
        .bind("error", counter.error())
        .bind("calls", counter.calls())
        .execute();
  }

  /** The organizations that have counters of minutes that are over. */
  List<Tenant> withPastMinutes(Session session) {
    return session
        .handle()
        .createQuery(
            """
            select distinct organization_id from platform.refused_call where minute < <current>
            """)
        .define("current", CURRENT_MINUTE)
        .mapTo(UUID.class)
        .map(Tenant::new)
        .list();
  }

  /** Takes the counters of minutes that are over away. */
  List<Group> takePastMinutes(Tenant tenant, Tx tx) {
    List<Row> rows =
        tx.handle()
            .createQuery(
                """
                delete from platform.refused_call
                where organization_id = :organization and minute < <current>
                returning *
                """)
            .define("current", CURRENT_MINUTE)
            .bind("organization", tenant.organization())
            .map((row, context) -> read(row))
            .list();
    Map<GroupKey, List<Counter>> groups =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    Row::group,
                    LinkedHashMap::new,
                    Collectors.mapping(Row::counter, Collectors.toCollection(ArrayList::new))));
    return groups.entrySet().stream()
        .map(group -> new Group(group.getKey().minute(), group.getValue()))
        .toList();
  }

  private static Row read(ResultSet row) throws SQLException {
    Counter counter =
        new Counter(
            row.getString("caller"),
            row.getString("action"),
            row.getString("operation"),
            Optional.ofNullable(row.getObject("principal_id", UUID.class)),
            row.getString("principal_name"),
            row.getString("ip_address"),
            row.getString("trace_id"),
            path(row.getString("path")),
            row.getString("error"),
            row.getLong("calls"));
    Instant minute = row.getObject("minute", OffsetDateTime.class).toInstant();
    return new Row(new GroupKey(minute, counter.caller(), counter.action()), counter);
  }

  private static Map<String, String> path(String json) {
    return Json.MAPPER.convertValue(Json.read(json, JsonNode.class), new TypeReference<>() {});
  }
}
