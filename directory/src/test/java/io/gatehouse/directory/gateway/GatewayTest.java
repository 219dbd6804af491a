package io.gatehouse.directory.gateway;

import static io.gatehouse.platform.error.ErrorCode.EGRESS_REFUSED;
import static io.gatehouse.platform.error.ErrorCode.UPSTREAM_FAILED;
import static io.gatehouse.platform.error.ErrorCode.UPSTREAM_FORBIDDEN;
import static io.gatehouse.platform.error.ErrorCode.UPSTREAM_NOT_FOUND;
import static io.gatehouse.platform.error.ErrorCode.UPSTREAM_REFUSED;
import static io.gatehouse.platform.error.ErrorCode.UPSTREAM_TIMEOUT;
import static io.gatehouse.platform.error.ErrorCode.UPSTREAM_UNAUTHENTICATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gatehouse.directory.GatewayKit;
import io.gatehouse.directory.ScriptedUpstream;
import io.gatehouse.directory.ScriptedUpstream.Answer;
import io.gatehouse.directory.ScriptedUpstream.Script;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.secret.DecryptionException;
import io.gatehouse.platform.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the answers of an upstream that are no plain success. */
final class GatewayTest {
  private static final Connector CONNECTOR = GatewayKit.connector("cockroachdbcloud");
  private static final Answer OK = Answer.ok("{\"id\":\"o1\",\"name\":\"Acme\"}");

  private final ScriptedUpstream upstream = new ScriptedUpstream(request -> OK);
  private final GatewayKit kit = new GatewayKit(upstream);

  @AfterEach
  void close() {
    kit.close();
    upstream.close();
  }

  @Test
  void a_call_carries_the_credentials_and_the_headers_of_the_connector() {
    assertThat(call()).isEqualTo(success());
    assertThat(kit.health()).isEmpty();
    assertThat(upstream.requests().getFirst().path()).isEqualTo("/api/v1/organization");
    assertThat(upstream.requests().getFirst().headers())
        .containsEntry("Authorization", "Bearer " + GatewayKit.API_KEY)
        .containsEntry("Cc-version", "2024-09-16")
        .containsEntry("Accept", "application/json");
  }

  @Test
  void the_path_of_the_base_url_is_kept() {
    kit.gateway().read(check(URI.create(upstream.url() + "/cloud/")));
    assertThat(upstream.requests().getFirst().path()).isEqualTo("/cloud/api/v1/organization");
  }

  @Test
  void a_redirect_is_not_followed() {
    upstream.now(request -> Answer.of(302, "").with("Location", "/elsewhere"));
    assertThat(failure(UPSTREAM_REFUSED)).hasMessageContaining("a redirect, which is not followed");
    assertThat(upstream.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "304, 'not modified, though the request set no condition'",
    "300, status 300 without a message",
    "305, status 305 without a message",
  })
  void what_is_no_redirect_is_not_called_one(int status, String message) {
    upstream.now(request -> Answer.of(status, ""));

    assertThat(failure(UPSTREAM_REFUSED))
        .hasMessageContaining("answered " + status + ": " + message)
        .hasMessageNotContaining("redirect");
  }

  @Test
  void html_is_no_answer() {
    upstream.now(request -> Answer.ok("<html>Welcome</html>"));
    GatehouseException failure = failure(UPSTREAM_FAILED);
    assertThat(failure).hasMessageContaining("status 200, but not with JSON");
    assertThat(failure.arguments()).containsEntry("raw", "<html>Welcome</html>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001f\ufffd\b\0\0\0K\ufffd", "{\u007f}", "<p>\u009b1m"})
  void what_is_no_text_is_not_shown(String body) {
    upstream.now(Script.inTurn(Answer.ok(body), Answer.of(403, body)));
    GatehouseException failure = failure(UPSTREAM_FAILED);
    assertThat(failure).hasMessageContaining("status 200, but not with JSON");
    assertThat(failure.arguments()).containsEntry("remote", true).doesNotContainKey("raw");
    assertThat(failure(UPSTREAM_FORBIDDEN).arguments()).doesNotContainKey("raw");
  }

  @Test
  void a_text_of_several_lines_is_shown() {
    upstream.now(request -> Answer.ok("<p>\r\n\tGr\u00fc\u00dfe</p>\n"));
    assertThat(failure(UPSTREAM_FAILED).arguments())
        .containsEntry("raw", "<p>\r\n\tGr\u00fc\u00dfe</p>\n");
  }

  @Test
  void nothing_is_no_answer() {
    upstream.now(request -> Answer.ok(""));
    assertThat(failure(UPSTREAM_FAILED)).hasMessageContaining("not with JSON");
  }

  @Test
  void an_answer_that_is_too_large_is_not_taken_in() {
    upstream.now(request -> Answer.ok("\"" + "x".repeat(65_535) + "\""));
    assertThat(failure(UPSTREAM_FAILED)).hasMessageContaining("more than 65536 bytes");
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void an_answer_that_is_just_small_enough_is_taken_in() {
    upstream.now(request -> Answer.ok("\"" + "x".repeat(65_534) + "\""));
    assertThat(call()).isInstanceOf(UpstreamAnswer.Success.class);
  }

  @Test
  void an_answer_of_too_many_parts_is_not_taken_in() {
    upstream.now(request -> Answer.ok("[" + "0,".repeat(UpstreamJson.MAX_TOKENS) + "0]"));
    GatewayConfig generous = GatewayKit.config(Duration.ofSeconds(5), 1_000_000);
    try (GatewayKit generousKit = new GatewayKit(upstream, generous)) {
      assertThatThrownBy(() -> generousKit.gateway().read(check(upstream.url())))
          .isInstanceOf(GatehouseException.class)
          .hasMessageContaining("the answer is too much to read");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "1e99999999999999999999",
        "{\"a\":[1e1001]}"
      })
  void a_number_beyond_all_measure_is_no_answer(String json) {
    upstream.now(request -> Answer.ok(json));
    failure(UPSTREAM_FAILED);
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void a_number_in_an_error_is_not_changed_either() {
    upstream.now(request -> Answer.of(403, "{\"most\":1e999999999}"));
    assertThat(failure(UPSTREAM_FORBIDDEN).arguments())
        .containsEntry("raw", "{\"most\":1e999999999}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.5",
        "100.0",
        "0.1",
        "0.12345678901234567890123",
        "12345678901234567890123456789",
        "1E+400",
        "1E-400"
      })
  void a_number_is_taken_as_it_is(String json) {
    upstream.now(request -> Answer.ok("[" + json + "]"));
    assertThat(call())
        .isInstanceOfSatisfying(
            UpstreamAnswer.Success.class,
            answer -> assertThat(answer.body()).hasToString("[" + json + "]"));
  }

  @Test
  void an_upstream_that_takes_too_long_twice_is_given_up() {
    CountDownLatch end = new CountDownLatch(1);
    upstream.now(request -> afterwards(end));
    GatewayConfig hasty = GatewayKit.config(Duration.ofMillis(50), 1024);
    try (GatewayKit hastyKit = new GatewayKit(upstream, hasty)) {
      var failure =
          catchThrowableOfType(
              GatehouseException.class, () -> hastyKit.gateway().read(check(upstream.url())));
      assertThat(failure.code()).isEqualTo(UPSTREAM_TIMEOUT);
      assertThat(failure).hasMessage("CockroachDB Cloud did not answer within 1 s");
      assertThat(upstream.requests()).hasSize(2);
    } finally {
      end.countDown();
    }
  }

  @Test
  void an_attempt_does_not_go_on_beyond_the_deadline() {
    CountDownLatch end = new CountDownLatch(1);
    upstream.now(request -> afterwards(end));
    try {
      Deadline soon = Deadline.in(Duration.ofMillis(50), kit.time());
      var check = UpstreamRequest.check(kit.account(CONNECTOR), soon);
      var failure = catchThrowableOfType(GatehouseException.class, () -> kit.gateway().read(check));
      assertThat(failure.code()).isEqualTo(UPSTREAM_TIMEOUT);
      assertThat(upstream.requests()).hasSize(1);
    } finally {
      end.countDown();
    }
  }

  @Test
  void nothing_is_sent_once_the_time_is_up() {
    Deadline past = new Deadline(kit.time(), kit.time().nanos());
    var check = UpstreamRequest.check(kit.account(CONNECTOR), past);
    var failure = catchThrowableOfType(GatehouseException.class, () -> kit.gateway().read(check));
    assertThat(failure.code()).isEqualTo(UPSTREAM_TIMEOUT);
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void refused_credentials_are_reported_and_shown_as_such() {
    upstream.now(request -> Answer.of(401, "{\"code\":16,\"message\":\"bad key\"}"));
    GatehouseException failure = failure(UPSTREAM_UNAUTHENTICATED);
    assertThat(failure).hasMessage("CockroachDB Cloud answered 401: bad key");
    assertThat(failure.arguments()).containsEntry("remote", true);
    assertThat(failure.arguments().get("raw")).hasToString("{\"code\":16,\"message\":\"bad key\"}");
    assertThat(kit.health()).containsExactly("refused: bad key");
  }

  @Test
  void credentials_that_are_known_to_be_refused_are_not_reported_again() {
    upstream.now(request -> Answer.of(401, "{}"));
    var account = GatewayKit.account(CONNECTOR, upstream.url(), true);
    assertThatThrownBy(() -> kit.gateway().read(kit.check(account)))
        .isInstanceOf(GatehouseException.class);
    assertThat(kit.health()).isEmpty();
  }

  @Test
  void credentials_that_are_accepted_again_are_reported() {
    kit.gateway().read(kit.check(GatewayKit.account(CONNECTOR, upstream.url(), true)));
    assertThat(kit.health()).containsExactly("accepted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "<html>Sign in</html>", ""})
  void an_answer_of_something_else_does_not_make_refused_credentials_good_again(String body) {
    upstream.now(request -> Answer.ok(body));
    var account = GatewayKit.account(CONNECTOR, upstream.url(), true);
    assertThatThrownBy(() -> kit.gateway().check(account)).isInstanceOf(GatehouseException.class);
    assertThat(kit.health()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 409, 422})
  void an_error_that_is_not_of_the_api_speaks_against_the_address(int status) {
    upstream.now(request -> Answer.of(status, "<h1>nginx</h1>"));
    assertThat(failure(UPSTREAM_REFUSED))
        .hasMessageContaining("CockroachDB Cloud answered " + status)
        .hasMessageEndingWith("; check context.base_url");
  }

  @Test
  void what_is_forbidden_or_not_there_is_shown_as_such() {
    upstream.now(Script.inTurn(Answer.of(403, "{}"), Answer.of(404, "{}")));
    assertThat(failure(UPSTREAM_FORBIDDEN))
        .hasMessage("CockroachDB Cloud answered 403: status 403 without a message");
    failure(UPSTREAM_NOT_FOUND);
    assertThat(kit.health()).isEmpty();
  }

  @Test
  void what_an_upstream_says_is_not_taken_for_a_template() {
    upstream.now(request -> Answer.of(403, "{\"message\":\"{raw} {message} {status} $1\"}"));
    assertThat(failure(UPSTREAM_FORBIDDEN))
        .hasMessage("CockroachDB Cloud answered 403: {raw} {message} {status} $1");
  }

  @Test
  void what_is_long_is_handed_on_in_part() {
    String shortJson = "[\"" + "x".repeat(4092) + "\"]";
    String longJson = "[\"" + "x".repeat(4093) + "\"]";
    upstream.now(Script.inTurn(Answer.of(403, shortJson), Answer.of(403, longJson)));
    assertThat(failure(UPSTREAM_FORBIDDEN).arguments().get("raw")).hasToString(shortJson);
    assertThat(failure(UPSTREAM_FORBIDDEN).arguments())
        .containsEntry("raw", longJson.substring(0, 4096) + "…");
  }

  @Test
  void a_message_consists_of_characters_only() {
    upstream.now(
        request -> Answer.of(403, "{\"message\":\"a\\u0000b\\u001b\\ud83dc\\ud83d\\ude00\"}"));
    assertThat(failure(UPSTREAM_FORBIDDEN))
        .hasMessage("CockroachDB Cloud answered 403: a b  c\ud83d\ude00");
  }

  @Test
  void a_message_is_not_cut_within_a_character() {
    String text = "x".repeat(299) + "\ud83d\ude00";
    upstream.now(request -> Answer.of(403, "{\"message\":\"" + text + "\"}"));
    assertThat(failure(UPSTREAM_FORBIDDEN)).message().endsWith("x…");
  }

  @Test
  void a_tolerated_status_that_stays_is_an_answer() {
    upstream.now(request -> Answer.of(409, "{}"));
    assertThat(kit.gateway().read(tolerating(409))).isEqualTo(new UpstreamAnswer.Tolerated(409));
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void a_tolerated_status_that_may_pass_is_tolerated_only_after_all_attempts() {
    upstream.now(request -> Answer.of(503, "{}"));
    assertThat(kit.gateway().read(tolerating(503))).isEqualTo(new UpstreamAnswer.Tolerated(503));
    assertThat(upstream.requests()).hasSize(4);
  }

  @Test
  void a_tolerated_status_that_passes_is_not_tolerated() {
    upstream.now(Script.inTurn(Answer.of(503, "{}"), OK));
    assertThat(kit.gateway().read(tolerating(503))).isEqualTo(success());
  }

  @Test
  void a_refused_address_is_not_called() {
    GatehouseException failure =
        catchThrowableOfType(
            GatehouseException.class,
            () -> kit.gateway().read(check(URI.create("http://169.254.169.254"))));
    assertThat(failure.code()).isEqualTo(EGRESS_REFUSED);
    assertThat(failure).hasMessageContaining("context.base_url");
  }

  @Test
  void a_call_never_prints_its_credentials() {
    UpstreamRequest request = kit.check(kit.account(CONNECTOR));
    var call = new UpstreamCall(request, request.url(), Optional.of(Secret.of("hush")));
    assertThat(call.toString()).contains("***").doesNotContain("hush");
  }

  @Test
  void an_upstream_that_echoes_the_credentials_does_not_leak_them() {
    upstream.now(
        request ->
            Answer.of(
                401,
                "{\"message\":\"bad %s\",\"request\":\"%s\"}"
                    .formatted(
                        request.headers().get("Authorization"),
                        GatewayKit.API_KEY.replace("C", "\\u0043"))));
    GatehouseException failure = failure(UPSTREAM_UNAUTHENTICATED);
    assertThat(failure).hasMessage("CockroachDB Cloud answered 401: bad Bearer ***");
    assertThat(failure.arguments().get("raw"))
        .hasToString("{\"message\":\"bad Bearer ***\",\"request\":\"***\"}");
    assertThat(kit.health()).containsExactly("refused: bad Bearer ***");
  }

  @Test
  void credentials_in_an_answer_that_is_a_success_are_taken_out_too() {
    upstream.now(request -> Answer.ok("{\"id\":\"" + GatewayKit.API_KEY + "\"}"));
    assertThat(call())
        .isInstanceOfSatisfying(
            UpstreamAnswer.Success.class,
            answer -> assertThat(answer.body()).hasToString("{\"id\":\"***\"}"));
  }

  @Test
  void credentials_sealed_for_another_account_are_not_sent() {
    UpstreamAccount mine = kit.account(CONNECTOR);
    UpstreamAccount theirs = kit.account(CONNECTOR);
    var mixed =
        new UpstreamAccount(
            mine.id(), mine.tenant(), CONNECTOR, mine.baseUrl(), theirs.credentials(), false);
    assertThatThrownBy(() -> kit.gateway().read(kit.check(mixed)))
        .isInstanceOf(DecryptionException.class);
    assertThat(upstream.requests()).isEmpty();
  }

  private static Answer afterwards(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return OK;
  }

  private UpstreamRequest tolerating(int status) {
    return new UpstreamRequest(
        kit.account(CONNECTOR),
        "/x",
        Map.of(),
        Set.of(status),
        answer -> true,
        kit.gateway().deadline());
  }

  private static UpstreamAnswer success() {
    return new UpstreamAnswer.Success(
        JsonNodeFactory.instance.objectNode().put("id", "o1").put("name", "Acme"),
        OK.body().length());
  }

  private UpstreamAnswer call() {
    return kit.gateway().read(check(upstream.url()));
  }

  private UpstreamRequest check(URI url) {
    return kit.check(GatewayKit.account(CONNECTOR, url, false));
  }

  private GatehouseException failure(ErrorCode code) {
    GatehouseException failure = catchThrowableOfType(GatehouseException.class, this::call);
    assertThat(failure.code()).isEqualTo(code);
    return failure;
  }
}
