package io.gatehouse.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.audit.AuditStore.TimeRange;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.HttpMethod;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Target;
import io.gatehouse.platform.paging.SortOrder;
import io.gatehouse.platform.store.Database;
import io.gatehouse.platform.store.Epochs;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.TestDatabase;
import io.gatehouse.platform.store.Transactions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RefusedCallsTest {
  record Nothing() {}

  private static final Operation<Nothing, Nothing> READ =
      Operation.declare(
              new Api("test", "/"), HttpMethod.GET, "/api/v1/things", Nothing.class, Nothing.class)
          .id("ListThings", "Things")
          .allow(Permission.READ_CLUSTER, Target.organization())
          .summary("Lists things");

  private final Database database = TestDatabase.shared();
  private final Transactions transactions =
      new Transactions(database.jdbi(), new Epochs(database.jdbi(), Clock.systemUTC()));
  private final AuditStore store = new AuditStore();
  private final AuditLog log = new AuditLog(store, transactions, Ids.timeOrdered());
  private final Tenant tenant = new Tenant(UUID.randomUUID());

  private static RefusedCall by(Optional<Tenant> tenant, String address) {
    return new RefusedCall(
        tenant, Optional.empty(), READ, address, "trace", Map.of(), "unauthenticated");
  }

  private void maintain(Optional<Tenant> only) {
    log.maintain(session -> only);
  }

  private void endMinute() {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update platform.refused_call set minute = minute - interval '1 hour'"
                        + " where organization_id = ?",
                    tenant.organization()));
    maintain(Optional.empty());
  }

  private List<AuditEvent> events() {
    TimeRange all = new TimeRange(AuditReader.EARLIEST, AuditReader.LATEST);
    return transactions.read(session -> store.list(tenant, session, all, SortOrder.ASC));
  }

  private static long count(AuditEvent event) {
    return ((Number) Objects.requireNonNull(event.payload().get("count"))).longValue();
  }

  @Test
  void a_flood_from_any_number_of_addresses_leaves_a_few_events_that_count_them_all() {
    for (int i = 0; i < 5000; i++) {
      log.recordRefusal(by(Optional.of(tenant), "2001:db8::" + Integer.toHexString(i)));
      if (i % 1700 == 0) {
        maintain(Optional.empty());
      }
    }
    maintain(Optional.empty());
    endMinute();

    assertThat(events()).hasSizeBetween(2, 22);
    assertThat(events().stream().mapToLong(RefusedCallsTest::count).sum()).isEqualTo(5000);
    assertThat(events()).extracting(AuditEvent::ipAddress).contains("others");
  }

  @Test
  void calls_of_nobody_known_belong_to_the_only_organization() {
    log.recordRefusal(by(Optional.empty(), "192.0.2.1"));
    log.recordRefusal(by(Optional.empty(), "192.0.2.1"));

    maintain(Optional.of(tenant));
    endMinute();

    assertThat(events()).hasSize(1);
    assertThat(count(events().getFirst())).isEqualTo(2);
    assertThat(events().getFirst().isSystem()).isFalse();
  }

  @Test
  void of_several_organizations_none_is_told_of_calls_of_nobody_known() {
    log.recordRefusal(by(Optional.empty(), "192.0.2.1"));

    maintain(Optional.empty());
    endMinute();

    assertThat(events()).isEmpty();
  }

  @Test
  void a_store_that_is_away_for_a_while_loses_no_count() {
    log.recordRefusal(by(Optional.of(tenant), "192.0.2.1"));
    assertThatThrownBy(
            () ->
                log.maintain(
                    session -> {
                      throw new IllegalStateException("away");
                    }))
        .hasMessage("away");
    log.recordRefusal(by(Optional.of(tenant), "192.0.2.1"));

    maintain(Optional.empty());
    endMinute();

    assertThat(events()).hasSize(1);
    assertThat(count(events().getFirst())).isEqualTo(2);
  }

  @Test
  void an_event_tells_who_called_and_a_bounded_part_of_the_path() {
    Principal principal = new Principal(UUID.randomUUID(), "someone", "key", tenant, List.of());
    log.recordRefusal(
        new RefusedCall(
            Optional.of(tenant),
            Optional.of(principal),
            READ,
            "192.0.2.1",
            "trace",
            Map.of("name", "x".repeat(5000)),
            "permission denied"));
    maintain(Optional.empty());
    endMinute();

    assertThat(events()).hasSize(1);
    assertThat(events().getFirst().actor()).contains(principal.id());
    assertThat(events().getFirst().payload().toString()).hasSizeLessThan(1000);
  }
}
