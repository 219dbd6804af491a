package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with a setting is one line that names it and the rule. */
class ConfigurationTest {
  private static final List<String> NUMBERS =
      List.of(
          "", " ", "-1", "many", "1.5", "0x10", "99999999999999999999", "-99999999999999999999");
  private static final List<String> DURATIONS =
      List.of("", "-1s", "soon", "5", "-1ms", "25h", "P2D", "PT999999999999999H", "1e9s", "-PT1S");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port | 99999 | setting 'port' must be between 0 and 65535, not '99999'",
        "rate-limit | 1000001 | setting 'rate-limit' must be between 0 and 1000000, not '1000001'",
        "rate-limit-wait | 61s | setting 'rate-limit-wait' must be between 0 and 60s, not '61s'",
        "max-body-bytes | 0 | setting 'max-body-bytes' must be between 1 and 1073741824, not '0'",
        "max-body-bytes | 2147483647 | setting 'max-body-bytes' must be between 1 and 1073741824",
        "idle-timeout | 0s | setting 'idle-timeout' must be between 1ms and 24h, not '0s'",
        "drain-timeout | -1s | setting 'drain-timeout' must be between 0 and 24h, not '-1s'",
        "database-pool | 0 | setting 'database-pool' must be between 1 and 1000, not '0'",
        "database-timeout | 249ms | setting 'database-timeout' must be between 250ms and 10m",
        "sql-first-port | 0 | setting 'sql-first-port' must be between 1 and 65535, not '0'",
        "sql-last-port | 65536 | setting 'sql-last-port' must be between 1 and 65535, not '65536'",
        "sql-last-port | 1 | settings sql-listen, sql-host, sql-first-port, sql-last-port: ",
        "minimum-free-bytes | -1 | setting 'minimum-free-bytes' must be at least 0, not '-1'",
        "reconcile-threads | 257 | setting 'reconcile-threads' must be between 1 and 256",
        "upstream-max-bytes | 0 | setting 'upstream-max-bytes' must be between 1 and 268435456",
        "egress-allow | 10.0.0.0/33 | setting 'egress-allow' has '10.0.0.0/33', whose prefix",
        "egress-allow | everything | setting 'egress-allow' has 'everything', which is no network",
        "host | '' | setting 'host' must name an address to listen on",
        "data-dir | '' | setting 'data-dir' must be a path, not ''",
      })
  void a_value_that_makes_no_sense(String setting, String value, String message) {
    assertThatThrownBy(() -> read(Map.of(setting, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void a_path_with_a_nul() {
    assertThatThrownBy(() -> read(Map.of("data-dir", "a\0b")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("setting 'data-dir' must be a path");
  }

  @TestFactory
  Stream<DynamicTest> every_number_and_every_duration_refuses_what_is_none() {
    return Configuration.settings().known().stream()
        .flatMap(
            known ->
                nonsense(known).stream()
                    .map(
                        value ->
                            DynamicTest.dynamicTest(
                                known.name() + "=" + value, () -> refuses(known, value))));
  }

  private static List<String> nonsense(Settings.Known known) {
    if (known.type() == Duration.class) {
      return DURATIONS;
    }
    return known.type() == int.class || known.type() == long.class ? NUMBERS : List.of();
  }

  private static void refuses(Settings.Known known, String value) {
    assertThatThrownBy(() -> read(Map.of(known.name(), value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("setting '" + known.name() + "' must be ")
        .hasMessageNotContainingAny("\n", "Exception");
  }

  @Test
  void the_usual_values_are_within_their_bounds() {
    assertThat(read(Map.of()).http().rateLimitWait()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({"0, PT0S", "0s, PT0S", "500ms, PT0.5S", "1m, PT1M", "PT3S, PT3S"})
  void a_duration_is_written_in_many_ways(String text, Duration duration) {
    assertThat(read(Map.of("rate-limit-wait", text)).http().rateLimitWait()).isEqualTo(duration);
  }

  @Test
  void a_file_of_settings_that_is_none(@TempDir Path directory) throws IOException {
    Path escape = Files.writeString(directory.resolve("escape"), "port=\\u12");
    Path binary = Files.write(directory.resolve("binary"), new byte[] {'p', '=', (byte) 0xff});
    for (Path file : Arrays.asList(escape, binary, directory, directory.resolve("none"))) {
      assertThatThrownBy(() -> Configuration.read(Optional.of(file), Map.of(), Map.of()))
          .isInstanceOf(ConfigException.class)
          .hasMessage("configuration file " + file + " cannot be read");
    }
  }

  private static Configuration read(Map<String, String> flags) {
    return Configuration.read(Optional.empty(), Map.of(), flags);
  }
}
