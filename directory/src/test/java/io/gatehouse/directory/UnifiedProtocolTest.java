package io.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.platform.access.Authentication;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.protocol.Protocol;
import io.gatehouse.platform.protocol.Version;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class UnifiedProtocolTest {
  private final Protocol protocol = UnifiedProtocol.of(secret -> Authentication.unknown());

  @Test
  void an_error_says_status_name_and_message_and_nothing_else() {
    assertThat(render(GatehouseException.notFound("integrated account")))
        .isEqualTo(
            "{\"statusCode\":404,\"error\":\"Not Found\",\"message\":\"integrated account not found\"}");
  }

  @Test
  void a_failure_of_the_upstream_shows_what_the_upstream_said() {
    var failure =
        ErrorCode.UPSTREAM_FAILED.with(
            "integration", "X", "message", "no", "remote", true, "raw", Map.of("a", 1));
    assertThat(render(failure))
        .contains("\"statusCode\":502,\"error\":\"Bad Gateway\"")
        .contains("\"truto_is_remote_error\":true,\"raw_response\":{\"a\":1}")
        .contains("\"remote_error\":{\"description\":");
  }

  @Test
  void a_rate_limit_is_named_in_the_insight() {
    assertThat(render(ErrorCode.RATE_LIMITED.with()))
        .contains("\"truto_error_insight\":{\"rate_limit_error\":{\"description\":")
        .doesNotContain("truto_is_remote_error");
  }

  @Test
  void every_code_has_a_name_for_its_status() {
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(render(code.with())).as(code.name()).doesNotContain("\"error\":\"Error\"");
    }
  }

  @Test
  void no_message_has_a_place_for_what_the_upstream_sent() {
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(code.with()).message().doesNotContain("{raw}", "{remote}");
    }
  }

  @Test
  void there_is_one_version_whatever_is_asked_for() {
    Version version = protocol.versions().agree(Optional.empty());
    assertThat(protocol.versions().agree(Optional.of("1999"))).isEqualTo(version);
    assertThat(version.isNewest()).isTrue();
  }

  private String render(GatehouseException failure) {
    return Json.write(protocol.errors().body(failure));
  }
}
