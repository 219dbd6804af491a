package io.gatehouse.directory.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathPatternTest {
  private final PathPattern pattern = new PathPattern("/clusters/{cluster_id}/nodes");

  @ParameterizedTest
  @CsvSource({
    "c1, /clusters/c1/nodes",
    "a/b, /clusters/a%2Fb/nodes",
    "a b+c, /clusters/a%20b%2Bc/nodes",
    "x?y=$1, /clusters/x%3Fy%3D%241/nodes",
    "..x, /clusters/..x/nodes"
  })
  void a_value_stays_one_segment(String value, String path) {
    assertThat(pattern.fill(Map.of("cluster_id", value))).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "."})
  void a_step_in_a_path_is_refused(String value) {
    assertThatThrownBy(() -> pattern.fill(Map.of("cluster_id", value)))
        .hasMessageContaining("cluster_id: must not be a step in a path");
  }

  @Test
  void a_missing_value_is_named() {
    assertThatThrownBy(() -> pattern.fill(Map.of("folder_id", "f1")))
        .hasMessage("invalid argument: cluster_id: is required for this resource");
  }
}
