package io.gatehouse.directory.gateway;

import static io.gatehouse.platform.error.ErrorCode.UPSTREAM_FAILED;
import static io.gatehouse.platform.error.ErrorCode.UPSTREAM_RATE_LIMITED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.directory.GatewayKit;
import io.gatehouse.directory.ScriptedUpstream;
import io.gatehouse.directory.ScriptedUpstream.Answer;
import io.gatehouse.directory.ScriptedUpstream.Script;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.platform.error.GatehouseException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a call waits, and for what. */
final class UpstreamTimeoutTest {
  private static final Connector CONNECTOR = GatewayKit.connector("cockroachdbcloud");
  private static final Answer OK = Answer.ok("{}");
  private static final Answer LIMITED =
      Answer.of(429, "{\"code\":8,\"message\":\"rate limit exceeded\"}");

  private final ScriptedUpstream upstream = new ScriptedUpstream(request -> OK);
  private final GatewayKit kit = new GatewayKit(upstream);
  private final UpstreamAccount account = kit.account(CONNECTOR);

  @AfterEach
  void close() {
    kit.close();
    upstream.close();
  }

  @Test
  void the_wait_that_the_upstream_asks_for_is_kept() {
    upstream.now(Script.inTurn(LIMITED.with("Retry-After", "7"), OK));
    call();
    assertThat(kit.time().pauses()).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void a_time_to_come_back_at_is_understood() {
    String inFiveSeconds =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            GatewayKit.NOW.plusSeconds(5).atOffset(ZoneOffset.UTC));
    upstream.now(Script.inTurn(LIMITED.with("Retry-After", inFiveSeconds), OK));
    call();
    assertThat(kit.time().pauses()).containsExactly(Duration.ofSeconds(5));
  }

  @Test
  void a_wait_beyond_all_patience_is_handed_to_the_caller() {
    upstream.now(request -> LIMITED.with("Retry-After", "16"));
    GatehouseException failure = failure();
    assertThat(failure.code()).isEqualTo(UPSTREAM_RATE_LIMITED);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(16));
    assertThat(upstream.requests()).hasSize(1);
    assertThat(kit.time().pauses()).isEmpty();
  }

  @Test
  void the_waits_of_all_attempts_together_are_bounded() {
    upstream.now(request -> LIMITED.with("Retry-After", "10"));
    assertThat(failure().code()).isEqualTo(UPSTREAM_RATE_LIMITED);
    assertThat(upstream.requests()).hasSize(2);
  }

  @Test
  void a_limit_that_says_nothing_of_a_wait_is_told_with_the_usual_one() {
    upstream.now(request -> LIMITED);
    assertThat(failure().retryAfter()).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999", "99999999999999999999", "9223372036854775808"})
  void an_absurd_wait_is_told_in_bounds_and_not_kept(String seconds) {
    upstream.now(request -> LIMITED.with("Retry-After", seconds));
    assertThat(failure().retryAfter()).isEqualTo(Duration.ofDays(1));
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void a_number_with_zeros_before_it_is_read_as_any_other() {
    upstream.now(Script.inTurn(LIMITED.with("Retry-After", "0000000007"), OK));
    call();
    assertThat(kit.time().pauses()).containsExactly(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "Tue, 3 Mar 2026 05:06:07 GMT"})
  void an_upstream_that_says_at_once_is_given_the_usual_time(String wait) {
    upstream.now(request -> LIMITED.with("Retry-After", wait));
    failure();
    assertThat(upstream.requests()).hasSize(4);
    assertThat(kit.time().pauses())
        .containsExactly(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofMillis(1000));
  }

  @Test
  void a_wait_that_makes_no_sense_is_the_usual_one() {
    upstream.now(Script.inTurn(LIMITED.with("Retry-After", "soon"), OK));
    call();
    assertThat(kit.time().pauses()).containsExactly(Duration.ofMillis(250));
  }

  @Test
  void an_upstream_that_is_not_ready_is_asked_four_times() {
    upstream.now(request -> Answer.of(503, "{\"message\":\"later\"}"));
    GatehouseException failure = failure();
    assertThat(failure.code()).isEqualTo(UPSTREAM_FAILED);
    assertThat(failure.arguments().get("raw")).hasToString("{\"message\":\"later\"}");
    assertThat(upstream.requests()).hasSize(4);
    assertThat(kit.time().pauses())
        .containsExactly(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofMillis(1000));
  }

  @Test
  void a_fault_of_the_upstream_is_asked_for_again() {
    upstream.now(Script.inTurn(Answer.of(500, "{}"), Answer.of(500, "{}"), OK));
    call();
    assertThat(upstream.requests()).hasSize(3);
  }

  @Test
  void what_will_not_pass_is_not_asked_for_again() {
    upstream.now(request -> Answer.of(501, "{}"));
    assertThat(failure().code()).isEqualTo(UPSTREAM_FAILED);
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void an_upstream_that_is_not_there_is_tried_four_times() {
    upstream.close();
    assertThat(failure()).hasMessageContaining("cannot be reached");
    assertThat(kit.time().pauses()).hasSize(3);
  }

  @Test
  void an_upstream_that_closes_without_an_answer_is_called_four_times() {
    upstream.now(request -> Answer.none());
    assertThat(failure())
        .hasMessageContaining("the answer ended early")
        .message()
        .doesNotContain("reached");
    assertThat(upstream.requests()).hasSize(4);
    assertThat(kit.time().pauses()).hasSize(3);
  }

  @Test
  void an_upstream_that_closes_a_connection_in_use_is_called_again_after_a_pause() {
    call();
    upstream.now(Script.inTurn(Answer.none(), OK));
    call();
    assertThat(upstream.requests()).hasSize(3);
    assertThat(kit.time().pauses()).containsExactly(Duration.ofMillis(250));
  }

  @Test
  void an_answer_that_is_cut_short_is_told_as_such_after_four_calls() {
    upstream.now(request -> OK.cutShort());
    assertThat(failure())
        .hasMessageContaining("the answer ended early")
        .message()
        .doesNotContain("reached");
    assertThat(upstream.requests()).hasSize(4);
  }

  @Test
  void a_host_that_is_not_known_is_tried_four_times() {
    HostResolver knowsNone =
        host -> {
          throw new UnknownHostException(host);
        };
    try (GatewayKit lost = new GatewayKit(upstream, GatewayKit.CONFIG, knowsNone)) {
      var unknown = GatewayKit.account(CONNECTOR, URI.create("https://host.example"), false);
      var failure =
          catchThrowableOfType(
              GatehouseException.class, () -> lost.gateway().read(lost.check(unknown)));
      assertThat(failure).hasMessageContaining("its host is not known; check context.base_url");
      assertThat(lost.time().pauses())
          .containsExactly(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofMillis(1000));
    }
  }

  @Test
  void calls_within_the_budget_of_an_account_do_not_wait() {
    calls(10);
    assertThat(kit.time().pauses()).isEmpty();
  }

  @Test
  void calls_beyond_the_budget_wait_for_their_turn() {
    calls(12);
    assertThat(kit.time().pauses()).containsExactly(Duration.ofMillis(100), Duration.ofMillis(100));
    assertThat(upstream.requests()).hasSize(12);
  }

  @Test
  void each_account_has_a_budget_of_its_own() {
    calls(10);
    kit.gateway().read(kit.check(kit.account(CONNECTOR)));
    assertThat(kit.time().pauses()).isEmpty();
  }

  @Test
  void a_turn_that_would_come_too_late_is_refused_at_once() {
    calls(10);
    Deadline soon = Deadline.in(Duration.ofMillis(99), kit.time());
    var failure =
        catchThrowableOfType(
            GatehouseException.class,
            () -> kit.gateway().read(UpstreamRequest.check(account, soon)));
    assertThat(failure.code()).isEqualTo(UPSTREAM_RATE_LIMITED);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofMillis(100));
    assertThat(failure.headers()).containsEntry("ratelimit-reset", "1");
    assertThat(failure.arguments()).doesNotContainKey("remote");
    assertThat(upstream.requests()).hasSize(10);
  }

  @Test
  void the_calls_of_one_request_share_its_time() {
    upstream.now(
        Script.inTurn(LIMITED.with("Retry-After", "10"), OK, LIMITED.with("Retry-After", "6")));
    UpstreamRequest request = kit.check(account);
    kit.gateway().read(request);
    var failure = catchThrowableOfType(GatehouseException.class, () -> kit.gateway().read(request));
    assertThat(failure.code()).isEqualTo(UPSTREAM_RATE_LIMITED);
    assertThat(kit.time().pauses()).containsExactly(Duration.ofSeconds(10));
  }

  private void calls(int count) {
    for (int i = 0; i < count; i++) {
      call();
    }
  }

  private void call() {
    kit.gateway().read(kit.check(account));
  }

  private GatehouseException failure() {
    return catchThrowableOfType(GatehouseException.class, this::call);
  }
}
