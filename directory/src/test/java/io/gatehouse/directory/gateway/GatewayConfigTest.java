package io.gatehouse.directory.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GatewayConfigTest {
  private final Settings settings = new Settings(GatewayConfig.class);

  @Test
  void without_settings_only_public_networks_are_called() {
    GatewayConfig config = settings.read(GatewayConfig.class);
    assertThat(config.allowed()).isEmpty();
    assertThat(config.upstreamTimeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void networks_are_divided_by_commas() {
    settings.with("the test", Map.of("egress-allow", "10.0.0.0/8, ::1"));
    assertThat(settings.read(GatewayConfig.class).allowed())
        .containsExactly(Network.parse("10.0.0.0/8"), Network.parse("::1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"upstream-timeout", "upstream-connect-timeout", "upstream-patience"})
  void a_time_of_nothing_stops_the_start(String name) {
    settings.with("the test", Map.of(name, "0s"));
    assertThatThrownBy(() -> settings.read(GatewayConfig.class))
        .isInstanceOf(ConfigException.class);
  }
}
