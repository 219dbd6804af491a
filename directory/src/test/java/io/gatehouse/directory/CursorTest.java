package io.gatehouse.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CursorTest {
  @Test
  void a_cursor_leads_back_to_where_it_was_made() {
    assertThat(Cursor.decode(Cursor.encode("list", "there"), "list", String.class))
        .contains("there");
  }

  @Test
  void an_empty_cursor_counts_as_none() {
    assertThat(Cursor.decode("", "list", String.class)).isEmpty();
    assertThat(Cursor.decode(null, "list", String.class)).isEmpty();
  }

  @Test
  void a_cursor_of_another_list_is_refused() {
    assertThatThrownBy(() -> Cursor.decode(Cursor.encode("other", "x"), "list", String.class))
        .hasMessage("invalid argument: next_cursor: belongs to another list");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%%%",
        "bm9uc2Vuc2U",
        "null as json",
        "[]",
        "null",
        "{\"version\":1,\"list\":\"list\"}",
        "{\"version\":1,\"list\":\"list\",\"at\":{\"a\":1}}",
        "{\"version\":1,\"list\":\"list\",\"at\":\"x\"} and more",
        "{\"version\":\"one\"}"
      })
  void a_broken_cursor_is_refused(String text) {
    String encoded = Base64.getUrlEncoder().encodeToString(text.getBytes(UTF_8));
    for (String cursor : new String[] {text, encoded}) {
      assertThatThrownBy(() -> Cursor.decode(cursor, "list", String.class))
          .hasMessageStartingWith("invalid argument: next_cursor: is not a cursor");
    }
  }

  @Test
  void a_cursor_of_a_format_to_come_is_refused() {
    String future = "{\"version\":2,\"list\":\"list\",\"at\":\"x\"}";
    String cursor = Base64.getUrlEncoder().encodeToString(future.getBytes(UTF_8));
    assertThatThrownBy(() -> Cursor.decode(cursor, "list", String.class))
        .hasMessageContaining("next_cursor");
  }
}
