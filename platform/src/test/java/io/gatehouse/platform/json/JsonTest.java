package io.gatehouse.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.gatehouse.platform.secret.Secret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  record Everything(
      @Nullable String someText,
      @Nullable Integer someNumber,
      @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Long bigNumber,
      @Nullable Boolean someTruth,
      @Nullable Instant someTime,
      @Nullable List<String> someList) {}

  private static Everything read(String json) throws JsonProcessingException {
    return Json.MAPPER.readValue(json, Everything.class);
  }

  @Test
  void members_are_read_in_both_spellings_and_unknown_ones_are_passed_over()
      throws JsonProcessingException {
    Everything read = read("{\"some_text\":\"a\",\"someNumber\":1,\"what_is_this\":[]}");

    assertThat(read.someText()).isEqualTo("a");
    assertThat(read.someNumber()).isEqualTo(1);
  }

  @Test
  void big_numbers_are_written_as_text_and_read_as_both() throws JsonProcessingException {
    Everything big = read("{\"big_number\":5}");

    assertThat(big).isEqualTo(read("{\"big_number\":\"5\"}"));
    assertThat(Json.write(big)).isEqualTo("{\"big_number\":\"5\"}");
  }

  @Test
  void times_are_written_as_rfc_3339_in_utc() throws JsonProcessingException {
    assertThat(Json.write(read("{\"some_time\":\"2026-01-01T01:00:00.5+01:00\"}")))
        .isEqualTo("{\"some_time\":\"2026-01-01T00:00:00.500Z\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"some_text\":5}",
        "{\"some_text\":true}",
        "{\"some_number\":1.5}",
        "{\"some_number\":99999999999}",
        "{\"big_number\":99999999999999999999}",
        "{\"some_number\":\"null\"}",
        "{\"some_number\":\"\"}",
        "{\"some_number\":true}",
        "{\"big_number\":\"null\"}",
        "{\"some_truth\":\"true\"}",
        "{\"some_truth\":\"\"}",
        "{\"some_truth\":1}",
        "{\"some_time\":5}",
        "{\"some_time\":1.5}",
        "{\"some_time\":\"1700000000\"}",
        "{\"some_time\":\" -1700000000.5\"}",
        "{\"some_time\":true}",
        "{\"some_time\":[2026,1,1]}",
        "{\"some_list\":\"a\"}",
        "{\"some_text\":\"a\",\"some_text\":\"b\"}",
        "{} {}"
      })
  void a_wrong_type_is_not_bent_into_a_right_one(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void a_secret_can_be_read_but_never_written() throws JsonProcessingException {
    Secret secret = Json.MAPPER.readValue("\"hush\"", Secret.class);

    assertThat(secret.reveal()).isEqualTo("hush");
    assertThat(Json.write(List.of(secret))).doesNotContain("hush");
    assertThat(secret.toString()).isEqualTo("***");
  }
}
