package io.gatehouse.cloud.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.error.GatehouseException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
  @Test
  void labels_come_in_the_order_of_their_keys() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("zone", "b");
    given.put("a-team", "");
    given.put("a", "9_-");

    assertThat(Labels.check(given).keySet()).containsExactly("a", "a-team", "zone");
    assertThat(Labels.check(given)).isEqualTo(given);
  }

  @Test
  void no_labels_are_an_empty_map() {
    assertThat(Labels.check(null)).isEmpty();
    assertThat(Labels.check(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1a", "-a", "_a", "A", "aB", "a b", "a.b", "a/b", "é", "a\n", "a\u0000"})
  void a_key_that_breaks_the_rule_is_named(String key) {
    assertThatThrownBy(() -> Labels.check(Map.of("fine", "fine", key, "fine")))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("labels[" + key + "]: a key has");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "a b", "a.b", "é", "a\n", " "})
  void a_value_that_breaks_the_rule_is_named_by_its_key(String value) {
    assertThatThrownBy(() -> Labels.check(Map.of("fine", "fine", "broken", value)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("labels[broken]: a value has");
  }

  @Test
  void a_value_must_be_there() {
    assertThatThrownBy(() -> Labels.check(Collections.singletonMap("broken", null)))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("labels[broken]: a value has");
  }

  @Test
  void keys_and_values_have_at_most_63_characters() {
    String longest = "a".repeat(63);

    assertThat(Labels.check(Map.of(longest, longest))).containsEntry(longest, longest);
    assertThatThrownBy(() -> Labels.check(Map.of(longest + "a", "")))
        .isInstanceOf(GatehouseException.class);
    assertThatThrownBy(() -> Labels.check(Map.of("a", longest + "a")))
        .isInstanceOf(GatehouseException.class);
  }

  @Test
  void there_are_at_most_50() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      many.put("key" + i, "");
    }

    assertThat(Labels.check(many)).hasSize(50);

    many.put("one-more", "");
    assertThatThrownBy(() -> Labels.check(many))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("at most 50");
  }
}
