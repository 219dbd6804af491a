package io.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CallersTextTest {
  private static final String MAX_LENGTH = "x".repeat(64);

  @Test
  void a_text_that_is_not_long_is_told_whole() {
    assertThat(CallersText.shortened(MAX_LENGTH)).isEqualTo(MAX_LENGTH);
  }

  @Test
  void a_long_text_is_cut() {
    assertThat(CallersText.shortened(MAX_LENGTH + "y")).isEqualTo(MAX_LENGTH + "…");
  }

  @Test
  void no_character_is_cut_in_two() {
    String text = "x".repeat(63) + "\ud83d\ude00";
    assertThat(CallersText.shortened(text)).isEqualTo("x".repeat(63) + "…");
  }
}
