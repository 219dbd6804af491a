package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading the audit log on and on, with times in whole seconds as the official SDK sends them. */
class AuditPagingTest {
  private static final String EVENTS = "/api/v1/auditlogevents";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final TestServer server = TestServer.shared();
  private final TestOrganization organization = server.organization();
  private final ApiClient admin = organization.admin();
  private final AuditRows rows = new AuditRows(server, organization);

  @BeforeEach
  void forgetTheFounding() {
    rows.clear();
  }

  /** Events of which always three are in the same second, at different fractions of it. */
  private void insertEvents(int count) {
    for (int i = 0; i < count; i++) {
      Instant time = START.plusSeconds(i / 3).plusMillis(400L * (i % 3)).plusNanos(1000);
      rows.insert(time, "SUCCEEDED");
    }
  }

  private JsonNode read(String order, int limit, String from) {
    String query = "?sort_order=" + order + "&limit=" + limit + "&starting_from=" + from;
    return admin.get(EVENTS + query).ok();
  }

  private static List<JsonNode> entries(JsonNode page) {
    return page.path("entries").valueStream().toList();
  }

  private static String next(JsonNode page) {
    return page.path("next_starting_from").asText();
  }

  private static Instant second(JsonNode event) {
    return time(event).truncatedTo(ChronoUnit.SECONDS);
  }

  private static Instant time(JsonNode event) {
    return Instant.parse(event.path("created_at").asText());
  }

  /** Reads all pages as the SDK does: it cuts the fraction of the time that it hands back off. */
  private List<List<JsonNode>> walk(String order, int limit) {
    List<List<JsonNode>> pages = new ArrayList<>();
    JsonNode page = read(order, limit, "");
    while (!page.path("entries").isEmpty()) {
      pages.add(entries(page));
      String next = next(page);
      if (next.isEmpty()) {
        return pages;
      }
      page = read(order, limit, Instant.parse(next).truncatedTo(ChronoUnit.SECONDS).toString());
    }
    return pages;
  }

  @Test
  void walking_the_log_gives_every_event_once_and_never_parts_those_of_a_second() {
    insertEvents(20);
    for (int limit = 1; limit <= 21; limit++) {
      for (String order : List.of("ASC", "DESC")) {
        List<List<JsonNode>> pages = walk(order, limit);

        List<JsonNode> all = pages.stream().flatMap(List::stream).toList();
        Comparator<Instant> byTime =
            order.equals("ASC") ? Comparator.naturalOrder() : Comparator.reverseOrder();
        assertThat(all).as("%s %d", order, limit).hasSize(20).doesNotHaveDuplicates();
        assertThat(all).extracting(AuditPagingTest::time).isSortedAccordingTo(byTime);
        for (int i = 1; i < pages.size(); i++) {
          assertThat(pages.get(i - 1)).hasSizeBetween(limit, limit + 2);
          assertThat(second(pages.get(i).getFirst()))
              .isNotEqualTo(second(pages.get(i - 1).getLast()));
        }
      }
    }
  }

  @Test
  void at_the_end_the_page_is_empty_and_the_cursor_stays_until_there_is_more() {
    insertEvents(4);

    JsonNode page = read("ASC", 200, "");
    JsonNode end = read("ASC", 200, next(page));

    assertThat(entries(page)).hasSize(4);
    assertThat(next(page)).isEqualTo("2026-01-01T00:00:01Z");
    assertThat(entries(end)).isEmpty();
    assertThat(next(end)).isEqualTo("2026-01-01T00:00:01Z");
    UUID more = rows.insert(START.plusSeconds(2), "SUCCEEDED");
    JsonNode later = read("ASC", 200, next(end));
    assertThat(entries(later))
        .extracting(event -> event.path("id").asText())
        .containsExactly(more.toString());
    assertThat(next(later)).isEqualTo("2026-01-01T00:00:02Z");
  }

  @Test
  void the_second_given_is_left_out_whatever_its_fraction_and_the_past_ends_but_not_the_future() {
    insertEvents(9);
    for (String from : List.of("2026-01-01T00:00:01Z", "2026-01-01T00:00:01.999999Z")) {
      JsonNode later = read("ASC", 200, from);
      JsonNode earlier = read("DESC", 200, from);

      assertThat(entries(later))
          .hasSize(3)
          .extracting(AuditPagingTest::second)
          .containsOnly(START.plusSeconds(2));
      assertThat(next(later)).isEqualTo("2026-01-01T00:00:02Z");
      assertThat(entries(earlier))
          .hasSize(3)
          .extracting(AuditPagingTest::second)
          .containsOnly(START);
      assertThat(earlier.has("next_starting_from")).isFalse();
    }
    assertThat(read("ASC", 200, "2026-01-01T01:00:01%2B01:00"))
        .isEqualTo(read("ASC", 200, "2026-01-01T00:00:01Z"));
    JsonNode future = read("ASC", 200, "2300-01-01T00:00:00Z");
    assertThat(entries(future)).isEmpty();
    assertThat(next(future)).isEqualTo("2300-01-01T00:00:00Z");
    assertThat(entries(read("DESC", 200, "0001-01-01T00:00:00Z"))).isEmpty();
  }

  @Test
  void a_log_without_events_tells_a_cursor_to_go_on_from() {
    JsonNode page = read("ASC", 200, "");

    assertThat(entries(page)).isEmpty();
    insertEvents(1);
    assertThat(entries(read("ASC", 200, next(page)))).hasSize(1);
    assertThat(read("DESC", 200, "2025-01-01T00:00:00Z").has("next_starting_from")).isFalse();
  }

  @Test
  void without_a_word_about_it_the_earliest_200_events_are_shown() {
    insertEvents(600);

    JsonNode page = admin.get(EVENTS).ok();

    assertThat(entries(page)).hasSize(201);
    assertThat(second(entries(page).getFirst())).isEqualTo(START);
    assertThat(next(page)).isEqualTo("2026-01-01T00:01:06Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ASC", "DESC"})
  void a_second_that_is_not_over_is_not_shown(String order) {
    insertEvents(3);
    rows.insert(rows.now().plus(Duration.ofHours(1)), "SUCCEEDED");

    JsonNode page = read(order, 200, "");

    assertThat(entries(page)).extracting(AuditPagingTest::second).containsOnly(START);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ASC", "DESC"})
  void nothing_from_the_second_of_an_open_event_on_is_shown_before_its_outcome(String order) {
    Instant recently = rows.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(30);
    rows.insert(recently, "SUCCEEDED");
    rows.insert(recently.plusMillis(1100), "SUCCEEDED");
    UUID open = rows.insert(recently.plusMillis(1200), "STARTED");
    rows.insert(recently.plusMillis(2100), "SUCCEEDED");

    JsonNode before = read(order, 200, "");
    String cursor = next(read("ASC", 200, ""));
    JsonNode blocked = read("ASC", 200, cursor);
    rows.complete(open);

    assertThat(entries(before)).extracting(AuditPagingTest::second).containsExactly(recently);
    assertThat(cursor).isEqualTo(recently.toString());
    assertThat(entries(blocked)).isEmpty();
    assertThat(next(blocked)).isEqualTo(cursor);
    JsonNode after = read("ASC", 200, cursor);
    assertThat(entries(after)).hasSize(3);
    assertThat(entries(after)).extracting(event -> event.path("error").asText()).containsOnly("");
  }

  @Test
  void an_event_that_nobody_completes_is_closed_with_an_unknown_outcome() {
    UUID abandoned = rows.insert(START, "STARTED");

    JsonNode page =
        Await.until(() -> read("ASC", 200, ""), some -> !some.path("entries").isEmpty());

    assertThat(entries(page)).hasSize(1);
    assertThat(entries(page).getFirst().path("id").asText()).isEqualTo(abandoned.toString());
    assertThat(entries(page).getFirst().path("error").asText())
        .startsWith("the outcome is unknown");
  }

  @Test
  void an_event_that_is_being_written_is_not_overtaken() {
    try (Handle writer = server.installation().store().database().jdbi().open()) {
      writer.begin();
      Instant time = writeEvent(writer);
      Await.until(rows::now, now -> now.isAfter(time.plusSeconds(2)));

      JsonNode page = read("ASC", 200, "");
      assertThat(entries(page)).isEmpty();
      assertThat(Instant.parse(next(page))).isBefore(time.truncatedTo(ChronoUnit.SECONDS));

      writer.commit();
      assertThat(entries(read("ASC", 200, next(page)))).hasSize(1);
    }
  }

  /** As the server does it: the clock of the organization is held until the end. */
  private Instant writeEvent(Handle writer) {
    Instant time =
        writer
            .createQuery(
                """
                update platform.audit_clock set last_at = clock_timestamp()
                where organization_id = :organization returning last_at
                """)
            .bind("organization", UUID.fromString(organization.id()))
            .mapTo(OffsetDateTime.class)
            .one()
            .toInstant();
    writer
        .createUpdate(
            """
            insert into platform.audit_event (
              organization_id, event_id, created_at, action, actor_id, actor_name,
              ip_address, trace_id, payload, outcome)
            values (:organization, :id, :time, 'X', null, '', '', '', '{}', 'SUCCEEDED')
            """)
        .bind("organization", UUID.fromString(organization.id()))
        .bind("id", UUID.randomUUID())
        .bind("time", time.atOffset(ZoneOffset.UTC))
        .execute();
    return time;
  }

  @Test
  void who_reads_on_while_others_write_misses_none_and_reads_none_twice() throws Exception {
    int writers = 8;
    int each = 10;
    String from = "";
    List<String> read = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writing = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        writing.add(clients.submit(() -> writeAccounts(each)));
      }
      while (read.size() < writers * each) {
        String after = from;
        JsonNode page = Await.until(() -> read("ASC", 3, after), some -> !entries(some).isEmpty());
        entries(page).forEach(event -> read.add(event.path("id").asText()));
        from = next(page);
      }
      for (Future<?> writer : writing) {
        writer.get();
      }
    }
    assertThat(read).hasSize(writers * each).doesNotHaveDuplicates();
  }

  private void writeAccounts(int number) {
    for (int i = 0; i < number; i++) {
      admin.post("/api/v1/service-accounts", Map.of("name", "writer")).ok();
    }
  }
}
