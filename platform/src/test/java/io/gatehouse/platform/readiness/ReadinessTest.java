package io.gatehouse.platform.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.platform.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final ReadinessCheck STORE = ReadinessCheck.of("store", ReadinessStatus::ready);
  private static final ReadinessCheck DISK =
      ReadinessCheck.of("disk", () -> ReadinessStatus.degraded("less than 1 GiB is free"));
  private static final ReadinessCheck ORGANIZATION =
      ReadinessCheck.of("organization", () -> ReadinessStatus.notReady("there is none yet"));

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);

  @Test
  void every_check_is_listed_and_the_worst_counts() {
    assertThat(Json.write(report(STORE)))
        .isEqualTo("{\"status\":\"ready\",\"checks\":[{\"name\":\"store\",\"status\":\"ready\"}]}");
    assertThat(Json.write(report(STORE, DISK)))
        .isEqualTo(
            """
            {"status":"degraded","checks":[{"name":"store","status":"ready"},\
            {"name":"disk","status":"degraded","reason":"less than 1 GiB is free"}]}""");
    assertThat(report(DISK, ORGANIZATION, STORE).status()).isEqualTo("not_ready");
  }

  @Test
  void a_degraded_server_is_usable_and_one_that_is_not_ready_is_not() {
    assertThat(report(STORE, DISK).isUsable()).isTrue();
    assertThat(report(STORE, DISK, ORGANIZATION).isUsable()).isFalse();
  }

  @Test
  void a_check_that_fails_is_not_ready_and_does_not_tell_why() {
    ReadinessCheck broken =
        ReadinessCheck.of(
            "broken",
            () -> {
              throw new IllegalStateException("password=hunter2 at 10.0.0.1");
            });

    assertThat(Json.write(report(STORE, broken)))
        .contains(
            "{\"name\":\"broken\",\"status\":\"not_ready\",\"reason\":\"the check failed; see")
        .doesNotContain("hunter2", "10.0.0.1");
  }

  @Test
  void a_report_is_good_for_a_tenth_of_a_second_and_no_longer() {
    AtomicInteger asked = new AtomicInteger();
    Readiness readiness =
        new Readiness(
            List.of(
                ReadinessCheck.of(
                    "counted",
                    () ->
                        asked.incrementAndGet() == 1
                            ? ReadinessStatus.notReady("not yet")
                            : ReadinessStatus.ready())),
            clock);

    assertThat(readiness.report().isUsable()).isFalse();
    now.updateAndGet(at -> at.plusMillis(99));
    assertThat(readiness.report().isUsable()).isFalse();
    assertThat(asked).hasValue(1);
    now.updateAndGet(at -> at.plusMillis(1));
    assertThat(readiness.report().isUsable()).isTrue();
    now.updateAndGet(at -> at.minus(Duration.ofHours(1)));
    readiness.report();
    assertThat(asked).hasValue(3);
  }

  private ReadinessReport report(ReadinessCheck... checks) {
    return new Readiness(List.of(checks), clock).report();
  }
}
