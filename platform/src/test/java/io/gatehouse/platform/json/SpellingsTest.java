package io.gatehouse.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.json.Spellings.Twice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingsTest {
  record Folder(
      @Nullable String name,
      @Nullable String parentId,
      @JsonProperty("is_2fa_enabled") @Nullable Boolean isSecondFactorEnabled,
      @Nullable Folder firstChild,
      @Nullable List<Folder> otherChildren,
      @Nullable Map<String, Folder> byName,
      @Nullable Map<String, String> someLabels) {}

  private final Spellings spellings = Spellings.of(Folder.class, JsonStyle.SNAKE_CASE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"parent_id\":\"a\",\"parentId\":\"b\"} | parent_id | parentId",
        "{\"parentId\":\"a\",\"parent_id\":\"a\"} | parent_id | parentId",
        "{\"parentId\":null,\"parent_id\":null} | parent_id | parentId",
        "{\"is_2fa_enabled\":true,\"isSecondFactorEnabled\":false} | is_2fa_enabled | isSecondFactorEnabled",
        "{\"first_child\":{\"parent_id\":1,\"parentId\":2}} | first_child.parent_id | parentId",
        "{\"firstChild\":{\"first_child\":{},\"firstChild\":{}}} | first_child.first_child | firstChild",
        "{\"otherChildren\":[{},{\"parent_id\":1,\"parentId\":2}]} | other_children[1].parent_id | parentId",
        "{\"by_name\":{\"x\":{\"parent_id\":1,\"parentId\":2}}} | by_name[x].parent_id | parentId",
      })
  void a_member_in_both_spellings_is_found(String json, String member, String other) {
    assertThat(spellings.findTwice(Json.read(json, JsonNode.class)))
        .contains(new Twice(member, other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"parent_id\":\"a\",\"name\":\"b\"}",
        "{\"parentId\":\"a\",\"first_child\":{\"parent_id\":\"b\"}}",
        "{\"some_labels\":{\"parent_id\":\"a\",\"parentId\":\"b\"}}",
        "{\"by_name\":{\"parent_id\":{},\"parentId\":{}}}",
        "{\"unknown_member\":1,\"unknownMember\":2}",
        "{\"first_child\":[{\"parent_id\":1,\"parentId\":2}]}",
        "{\"name\":{\"parent_id\":1,\"parentId\":2}}",
        "[]",
        "null"
      })
  void everything_else_is_left_to_the_reading_of_its_type(String json) {
    assertThat(spellings.findTwice(Json.read(json, JsonNode.class))).isEmpty();
  }

  @Test
  void a_type_without_members_has_none() {
    assertThat(
            Spellings.of(String.class, JsonStyle.SNAKE_CASE)
                .findTwice(Json.MAPPER.createObjectNode()))
        .isEmpty();
  }
}
