package io.gatehouse.directory.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MappingTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Test
  void a_record_is_mapped_with_its_parent() {
    Mapping mapping = Mapping.of("response.{\"id\": $$.parent.id & \":\" & name}");
    JsonNode mapped = mapping.map(object("name", "amy"), object("id", "c1"));
    assertThat(mapped).hasToString("{\"id\":\"c1:amy\"}");
  }

  @Test
  void what_a_record_lacks_is_absent() {
    Mapping mapping = Mapping.of("response.{\"id\": id, \"name\": name}");
    assertThat(mapping.map(object("id", "1"), null)).hasToString("{\"id\":\"1\"}");
  }

  @Test
  void a_condition_that_is_not_true_does_not_hold() {
    assertThat(Mapping.of("state = \"A\"").holds(object("state", "A"))).isTrue();
    assertThat(Mapping.of("state = \"A\"").holds(object("state", "B"))).isFalse();
    assertThat(Mapping.of("state").holds(object("state", "A"))).isFalse();
    assertThat(Mapping.of("nothing").holds(object("state", "A"))).isFalse();
  }

  @Test
  void a_mapping_without_end_is_stopped() {
    Mapping deep = Mapping.of("($f := function($x) {$f($x) + 1}; $f(1))");
    assertThatThrownBy(() -> deep.map(object("a", "b"), null))
        .isInstanceOf(MappingFailedException.class);
  }

  @Test
  void a_mapping_that_goes_on_without_going_deep_is_stopped_too() {
    Mapping endless = Mapping.of("($f := function($x) {$f($x)}; $f(1))");
    assertThatThrownBy(() -> endless.map(object("a", "b"), null))
        .isInstanceOf(MappingFailedException.class);
  }

  @Test
  void one_mapping_serves_many_threads() throws Exception {
    Mapping mapping = Mapping.of("response.{\"id\": id & \"!\"}");
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<JsonNode>> mapped =
          IntStream.range(0, 2000)
              .mapToObj(i -> executor.submit(() -> mapping.map(object("id", "n" + i), null)))
              .toList();
      for (int i = 0; i < mapped.size(); i++) {
        assertThat(mapped.get(i).get().path("id").textValue()).isEqualTo("n" + i + "!");
      }
    }
  }

  private static ObjectNode object(String name, String value) {
    return NODES.objectNode().put(name, value);
  }
}
