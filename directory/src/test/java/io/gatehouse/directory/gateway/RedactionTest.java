package io.gatehouse.directory.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.directory.gateway.Outcome.Answered;
import io.gatehouse.directory.gateway.Outcome.Unreachable;
import io.gatehouse.platform.secret.Secret;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {
  private static final String SECRET = "a/b\"c\\d$e.f";

  /** Every printable ASCII character, so that nothing about one of them is overlooked. */
  private static final String EVERY_CHARACTER =
      ">>" + range(' ' + 1, '~').reverse() + " " + range(' ' + 1, '~');

  private static final String KEY =
      "CCDB1_0123456789abcdefghijkl_0123456789abcdefghijABCDEFGHIJklmnopqrst";

  @ParameterizedTest
  @ValueSource(
      strings = {
        SECRET,
        "a\\/b\\\"c\\\\d$e.f",
        "a/b\\u0022c\\u005cd$e.f",
        "\\u0061\\u002Fb\\\"c\\\\d\\u0024e.f",
        "\\x61/b\\x22c\\x5cd\\u{24}e.f",
        "a%2Fb%22c%5Cd%24e.f",
        "a%2fb%22c%5cd$e.f",
        "%61%2F%62%22%63%5C%64%24%65%2E%66",
        "a%252Fb%2522c%255Cd%2524e.f",
        "a/b&quot;c\\d$e.f",
        "a&sol;b&QUOT;c&bsol;d&dollar;e&period;f",
        "a&#47;b&#34;c&#092;d&#36;e&#0046;f",
        "a&#x2f;b&#X22;c&#x5C;d&#x0024;e.f",
        "a/b&quotc\\d$e.f",
        "a/b&amp;quot;c\\d$e.f",
        "a\\\\/b\\\\\\\"c\\\\\\\\d$e.f",
        "a\\u0026#47;b\\u0026quot;c\\\\d$e.f"
      })
  void a_secret_is_found_however_it_is_escaped(String echoed) {
    assertThat(redact("<" + echoed + "> and <" + echoed + ">", SECRET))
        .isEqualTo("<***> and <***>");
  }

  @Test
  void every_printable_character_is_known_in_every_escape() {
    List<IntFunction<String>> escapes =
        List.of(
            "%%%02x"::formatted,
            "%%%02X"::formatted,
            "&#%d;"::formatted,
            "&#x%x;"::formatted,
            "&#X%04X;"::formatted,
            "\\u%04x"::formatted,
            "\\x%02x"::formatted);
    for (IntFunction<String> escape : escapes) {
      String echoed = EVERY_CHARACTER.chars().mapToObj(escape).collect(Collectors.joining());
      assertThat(redact("<" + echoed + ">", EVERY_CHARACTER)).isEqualTo("<***>");
    }
  }

  @Test
  void a_form_has_a_plus_for_a_space() {
    String secret = "correct horse+battery";
    assertThat(redact("q=" + URLEncoder.encode(secret, UTF_8) + "&x", secret)).isEqualTo("q=***&x");
    assertThat(redact("correct+horse+battery", secret)).isEqualTo("***");
    assertThat(redact("correct%20horse%2Bbattery", secret)).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, "12345678", "123456789", "1234567890", ">>>???~~~", SECRET})
  void a_secret_is_found_in_any_base64_of_anything_that_holds_it(String secret) {
    for (String before : List.of("", "u", "us", "use", "user:", "Bearer ", "a longer name:")) {
      for (String after : List.of("", "x", "\r\n", ":and more")) {
        byte[] bytes = (before + secret + after).getBytes(UTF_8);
        for (Base64.Encoder encoder : encoders()) {
          String echoed = encoder.encodeToString(bytes);
          assertThat(redact("{\"sent\":\"Basic " + echoed + "\"}", secret))
              .as(before + secret + after)
              .isEqualTo("{\"sent\":\"Basic ***\"}");
        }
      }
    }
  }

  private static List<Base64.Encoder> encoders() {
    return List.of(
        Base64.getEncoder(),
        Base64.getEncoder().withoutPadding(),
        Base64.getUrlEncoder(),
        Base64.getUrlEncoder().withoutPadding());
  }

  @Test
  void base64_is_found_though_it_is_escaped_or_broken_into_lines() {
    String encoded = Base64.getEncoder().encodeToString((">>>???" + KEY + "?>").getBytes(UTF_8));
    assertThat(encoded).endsWith("=").contains("+", "/");
    assertThat(redact("x " + encoded.replace("/", "\\/"), KEY)).isEqualTo("x ***");
    assertThat(redact("x=" + URLEncoder.encode(encoded, UTF_8), KEY)).isEqualTo("x=***");
    assertThat(redact("x " + encoded.replace("+", "&#43;").replace("=", "&equals;"), KEY))
        .isEqualTo("x ***");
    String lines = Base64.getMimeEncoder().encodeToString((":" + KEY).getBytes(UTF_8));
    assertThat(lines).contains("\r\n");
    assertThat(redact("<" + lines + ">", KEY)).isEqualTo("<***>");
    assertThat(redact("<" + lines.replace("\r\n", "\\r\\n") + ">", KEY)).isEqualTo("<***>");
  }

  @Test
  void hexadecimal_digits_of_a_secret_are_found() {
    String digits = HexFormat.of().formatHex(KEY.getBytes(UTF_8));
    assertThat(redact("<" + digits + ">", KEY)).isEqualTo("<***>");
    assertThat(redact("<" + digits.toUpperCase(Locale.ROOT) + ">", KEY)).isEqualTo("<***>");
  }

  @Test
  void a_secret_that_looks_escaped_itself_is_found_as_it_is_and_escaped() {
    String secret = "pass%41word&amp;more";
    assertThat(redact("<" + secret + ">", secret)).isEqualTo("<***>");
    assertThat(redact("<" + URLEncoder.encode(secret, UTF_8) + ">", secret)).isEqualTo("<***>");
    assertThat(redact("<pass%41word&amp;amp;more>", secret)).isEqualTo("<***>");
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, "Pass-Word:9", "ÄÖÜ-Straße", SECRET})
  void a_secret_is_found_in_other_case(String secret) {
    for (String echoed : List.of(secret.toLowerCase(Locale.ROOT), swapCase(secret))) {
      assertThat(redact("<" + echoed + ">", secret)).isEqualTo("<***>");
    }
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(secret.getBytes(UTF_8));
    assertThat(redact("<" + encoded.toLowerCase(Locale.ROOT) + ">", secret)).isEqualTo("<***>");
  }

  private static String swapCase(String text) {
    StringBuilder swapped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char upper = Character.toUpperCase(c);
      swapped.append(upper == c ? Character.toLowerCase(c) : upper);
    }
    return swapped.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "service-1:correct-horse, correct-horse",
    "Bearer abcdefgh12345678, abcdefgh12345678",
    "Token  abcdefgh12345678, abcdefgh12345678",
    "Bearer service-1:correct-horse, correct-horse",
    "Basic YW5uOmNvcnJlY3QtaG9yc2U6MQ==, correct-horse:1",
    "CCDB1_0123456789abcdefghijkl_0123456789abcdefghijABCDEFGHIJ, 0123456789abcdefghijABCDEFGHIJ",
    "sk_live_0123456789abcdefgh, 0123456789abcdefgh",
  })
  void the_secret_part_of_a_credential_is_found_by_itself(String credential, String part) {
    assertThat(redact("<" + part + ">", credential)).isEqualTo("<***>");
    String encoded = Base64.getEncoder().encodeToString(part.getBytes(UTF_8));
    assertThat(redact("<" + encoded + ">", credential)).isEqualTo("<***>");
  }

  @Test
  void a_public_or_short_part_of_a_credential_stays() {
    assertThat(redact("service-1 short", "service-1:short")).isEqualTo("service-1 short");
    assertThat(redact("CCDB1_0123456789abcdefghijkl", KEY))
        .isEqualTo("CCDB1_0123456789abcdefghijkl");
    assertThat(redact("of the directory", "password_of_the_directory"))
        .isEqualTo("of the directory");
    assertThat(redact("Bearer of news", "Bearer abcdefgh12345678")).isEqualTo("Bearer of news");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "user:"})
  void a_secret_is_found_in_base64_of_base64(String before) {
    for (String between : List.of("", "B", "Ba", "Basic ")) {
      for (Base64.Encoder encoder : encoders()) {
        String once = between + encoder.encodeToString((before + KEY + "?>").getBytes(UTF_8));
        String twice = encoder.encodeToString(once.getBytes(UTF_8));
        assertThat(redact("<" + twice + ">", KEY)).as(once).isEqualTo("<***>");
      }
    }
  }

  @Test
  void what_is_no_secret_stays() {
    String text = "a/b\"c\\d$eXf, \\u0061, 12345678, 100% & more %2G &#; &bogus; \\";
    assertThat(redact(text, SECRET)).isEqualTo(text);
    assertThat(redact(text)).isEqualTo(text);
  }

  @Test
  void only_the_secret_is_taken_out_of_what_is_escaped_around_it() {
    assertThat(redact("{\"a\":\"x\\n%41" + KEY + "\\u0041&lt;\"}", KEY))
        .isEqualTo("{\"a\":\"x\\n%41***\\u0041&lt;\"}");
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

  private static StringBuilder range(int first, int last) {
    StringBuilder characters = new StringBuilder();
    for (int c = first; c <= last; c++) {
      characters.append((char) c);
    }
    return characters;
  }

  private static String redact(String text, String... secrets) {
    Redaction redaction = new Redaction(Arrays.stream(secrets).map(Secret::of).toList());
    HttpHeaders headers = HttpHeaders.of(Map.of(), (name, value) -> true);
    return ((Answered) redaction.of(new Answered(200, headers, text))).body();
  }
}
