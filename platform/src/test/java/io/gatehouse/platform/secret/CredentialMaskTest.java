package io.gatehouse.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialMaskTest {
  private static final String ID = "CCDB1_0123456789abcdefABCDEF";
  private static final String SECRET = "secret0123456789secret0123456789secret01";
  private static final String KEY = ID + "_" + SECRET;

  @Test
  void of_a_key_its_public_part_stays() {
    assertThat(CredentialMask.mask("path=/api/v1/api-keys/" + KEY + " status=404"))
        .isEqualTo("path=/api/v1/api-keys/" + ID + "*** status=404");
    assertThat(CredentialMask.mask(KEY + "," + KEY)).isEqualTo(ID + "***," + ID + "***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CCDB1_0123456789abcdefABCDEF_secret",
        "ccdb1_0123456789abcdefabcdef_secret0123456789secret",
        "CCDB1_0123456789abcdefABCDEF%5Fsecret0123456789",
        "%43%43%44%42%31%5F0123456789abcdefABCDEF%5Fsecret0123456789",
        "%2543CDB1_0123456789abcdefABCDEF%255Fsecret0123456789",
        "CCDB1_0123456789abcdefABCDEF_%73ecret0123456789",
        "CCDB1_short_secret0123456789",
        "CCDB1_0123456789abcdefABCDEFsecret0123456789",
        "CCDB1_ CCDB1_CCDB1_0123456789abcdefABCDEF-secret0123456789",
        "path=/a%20b/CCDB1%5f0123456789abcdefABCDEF_secret0123 status=1",
        "Bearer secret0123456789",
        "Authorization: bearer%20secret0123456789",
        "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzZWNyZXQifQ.secret0123456789",
        "postgresql://maxroach:secret0123456789@127.0.0.1:26257/defaultdb",
        "{\"url\":\"https://user:secret0123456789@example.com/\"}",
      })
  void whatever_has_the_shape_of_a_credential_is_masked(String text) {
    assertThat(CredentialMask.mask(text))
        .contains("***")
        .doesNotContain("secret0")
        .doesNotContain("_secret")
        .doesNotContain("%73ecret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:", "me:", "user:", "Bearer "})
  void a_key_in_base64_is_masked_wherever_it_begins(String before) {
    byte[] bytes = (before + KEY).getBytes(StandardCharsets.UTF_8);
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      String encoded = encoder.encodeToString(bytes);
      String shown = CredentialMask.mask("path=/api/v1/api-keys/" + encoded + " status=404");

      assertThat(shown).startsWith("path=/api/v1/api-keys/").endsWith("*** status=404");
      assertThat(shown.length()).isLessThan(60);
      assertThat(CredentialMask.mask(encoded.replace("=", "%3D"))).contains("***");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:", "me:", "user:"})
  void a_key_in_base64_of_base64_is_masked_wherever_it_begins(String before) {
    for (String between : List.of("", "x", "Basic ")) {
      String once = between + base64(before + KEY);

      assertThat(CredentialMask.mask("<" + base64(once) + ">")).contains("***").hasSizeLessThan(60);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic ", "basic ", "Authorization: BASIC "})
  void a_pair_in_base64_is_masked_after_the_word_basic(String before) {
    assertThat(CredentialMask.mask(before + base64("ann:correct-horse") + "."))
        .isEqualTo(before + "***.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic authentication is not supported",
        "a basic 0123456789abcdef",
        "plan type BASIC does not allow upgrade_type MANUAL",
        "",
        "%",
        "100% of %zz",
        ID,
        "/api/v1/api-keys/" + ID,
        "key=" + ID + " other=" + ID + ". CCDB1_",
        "/api/v1/folders/%00%0a%7f",
        "postgresql://127.0.0.1:26257/defaultdb",
        "WWW-Authenticate: Bearer",
        "the bearer of a key",
        "must be CCDB1_, 22 letters and digits, an underscore, and 40 letters and digits",
      })
  void other_text_stays_as_it_is(String text) {
    assertThat(CredentialMask.mask(text)).isEqualTo(text);
  }

  @Test
  void what_is_decoded_brings_no_line_break_into_a_log() {
    assertThat(CredentialMask.mask("%0a%1b" + KEY.replace("_", "%5f")))
        .isEqualTo("??" + ID + "***");
  }

  @Test
  void every_text_and_name_in_json_is_masked() {
    var json =
        Json.MAPPER.<com.fasterxml.jackson.databind.JsonNode>valueToTree(
            Map.of("a", java.util.List.of(Map.of(KEY, KEY)), "n", 5));

    assertThat(CredentialMask.mask(json).toString())
        .doesNotContain(SECRET)
        .contains("\"n\":5")
        .contains("{\"" + ID + "***\":\"" + ID + "***\"}");
  }

  @Test
  void messages_of_errors_are_masked() {
    assertThat(ErrorCode.NO_SUCH_OPERATION.with("method", "GET", "path", "/" + KEY))
        .hasMessage("no such operation: GET /" + ID + "***");
  }

  @Test
  void hostile_text_is_masked_in_no_time() {
    for (String piece : new String[] {"%25", "CCDB1_", "eyJ", "://a:", "Bearer ", "%", "a%41"}) {
      assertThat(CredentialMask.mask(piece.repeat(3000))).isNotNull();
    }
  }
}
