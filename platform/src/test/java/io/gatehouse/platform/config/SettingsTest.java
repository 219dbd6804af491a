package io.gatehouse.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
  /** An area with a setting of every type. */
  public record Area(
      @Setting(value = "10", help = "") int rateLimit,
      @Setting(value = "here", help = "") Path dataDir,
      @Setting(value = "5s", help = "") Duration bodyTimeout,
      @Setting(value = "", help = "") Optional<Secret> adminKey,
      @Setting(value = "a, b", help = "") List<String> names,
      @Setting(value = "false", help = "") boolean loud) {}

  private static Area read(Settings settings) {
    return settings.read(Area.class);
  }

  private static Settings settings() {
    return new Settings(Area.class);
  }

  @Test
  void what_nobody_says_has_its_usual_value() {
    Area area = read(settings());

    assertThat(area.rateLimit()).isEqualTo(10);
    assertThat(area.dataDir()).isEqualTo(Path.of("here"));
    assertThat(area.bodyTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(area.adminKey()).isEmpty();
    assertThat(area.names()).containsExactly("a", "b");
  }

  @Test
  void a_flag_wins_over_the_environment_and_that_over_the_file() {
    Settings settings =
        settings()
            .with("the file", Map.of("rate-limit", "1", "loud", "true", "body-timeout", "1m"))
            .withEnvironment(
                Map.of("GATEHOUSE_RATE_LIMIT", "2", "GATEHOUSE_LOUD", "no", "HOME", "x"))
            .with("the command line", Map.of("rate-limit", "3"));

    assertThat(read(settings).rateLimit()).isEqualTo(3);
    assertThat(read(settings).loud()).isFalse();
    assertThat(read(settings).bodyTimeout()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void an_unknown_key_is_refused_with_the_nearest_known_one() {
    assertThatThrownBy(() -> settings().with("the file", Map.of("rate-limt", "1")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("unknown setting 'rate-limt' in the file; did you mean 'rate-limit'?");
    assertThatThrownBy(() -> settings().withEnvironment(Map.of("GATEHOUSE_RATELIMIT", "1")))
        .hasMessageContaining("did you mean 'GATEHOUSE_RATE_LIMIT'?");
  }

  @Test
  void a_value_of_the_wrong_type_is_refused_with_what_is_expected() {
    assertThatThrownBy(() -> read(settings().with("the file", Map.of("rate-limit", "many"))))
        .hasMessage("setting 'rate-limit' must be a whole number, not 'many'");
    assertThatThrownBy(() -> read(settings().with("the file", Map.of("body-timeout", "soon"))))
        .hasMessageContaining("a duration such as");
  }
}
