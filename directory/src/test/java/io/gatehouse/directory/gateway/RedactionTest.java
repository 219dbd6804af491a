package io.gatehouse.directory.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.directory.gateway.Outcome.Answered;
import io.gatehouse.directory.gateway.Outcome.Unreachable;
import io.gatehouse.platform.secret.Secret;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {
  private static final String SECRET = "a/b\"c\\d$e.f";

  @ParameterizedTest
  @ValueSource(
      strings = {
        SECRET,
        "a\\/b\\\"c\\\\d$e.f",
        "a/b\\u0022c\\u005cd$e.f",
        "\\u0061\\u002Fb\\\"c\\\\d\\u0024e.f"
      })
  void a_secret_is_found_however_it_is_escaped(String echoed) {
    assertThat(redact("<" + echoed + "> and <" + echoed + ">", SECRET))
        .isEqualTo("<***> and <***>");
  }

  @Test
  void what_is_no_secret_stays() {
    String text = "a/b\"c\\d$eXf, \\u0061, 12345678";
    assertThat(redact(text, SECRET)).isEqualTo(text);
    assertThat(redact(text)).isEqualTo(text);
  }

  @Test
  void each_of_several_secrets_is_found_but_not_a_short_one() {
    assertThat(redact("first-one-more first-one a-third", "first-one", "first-one-more", "a-third"))
        .isEqualTo("*** *** a-third");
  }

  @Test
  void what_is_said_of_a_broken_connection_is_redacted_too() {
    Redaction redaction = new Redaction(List.of(Secret.of("first-one")));
    assertThat(redaction.of(new Unreachable("Invalid status line: first-one")))
        .isEqualTo(new Unreachable("Invalid status line: ***"));
  }

  private static String redact(String text, String... secrets) {
    Redaction redaction = new Redaction(Arrays.stream(secrets).map(Secret::of).toList());
    HttpHeaders headers = HttpHeaders.of(Map.of(), (name, value) -> true);
    return ((Answered) redaction.of(new Answered(200, headers, text))).body();
  }
}
