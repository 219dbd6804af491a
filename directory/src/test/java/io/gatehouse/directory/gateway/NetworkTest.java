package io.gatehouse.directory.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.config.ConfigException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "172.16.0.0/12, 172.31.255.255, true",
    "172.16.0.0/12, 172.32.0.0, false",
    "192.168.1.7, 192.168.1.7, true",
    "192.168.1.7, 192.168.1.8, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, 10.0.0.1, false",
    "2000::/3, 3fff::1, true",
    "2000::/3, 4000::1, false"
  })
  void a_network_contains_its_addresses_and_no_others(
      String network, String address, boolean contains) {
    assertThat(Network.parse(network).contains(InetAddress.ofLiteral(address))).isEqualTo(contains);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "host.example", "::1/129"})
  void what_is_no_network_stops_the_start(String text) {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new GatewayConfig(List.of(text), second, second, second, 1))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("egress-allow")
        .hasMessageContaining(text);
  }
}
