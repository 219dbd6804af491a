package io.gatehouse.directory.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EgressPolicyTest {
  private static final InetSocketAddress SELF = at("127.0.0.1");
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "public.example", List.of("93.184.216.34", "2606:2800:21f:cb07::1"),
          "inside.example", List.of("127.0.0.2"),
          "self.example", List.of("127.0.0.1"),
          "mixed.example", List.of("93.184.216.34", "10.0.0.7"),
          "localhost", List.of("127.0.0.1", "::1"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://public.example",
        "https://93.184.216.34:8443/base",
        "https://[2606:2800:21f:cb07::1]"
      })
  void public_addresses_are_called_by_https(String url) throws UnknownHostException {
    assertThat(refusal(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://public.example", "http://93.184.216.34:443", "HTTP://[2001:4860::1]"})
  void public_addresses_are_not_called_in_clear(String url) throws UnknownHostException {
    assertThat(refusal(url)).contains(EgressPolicy.ADDRESS_RULE);
  }

  @Test
  void the_operator_can_allow_a_public_network_to_be_called_in_clear() throws UnknownHostException {
    EgressPolicy policy = policy(List.of("93.184.216.0/24"), SELF);
    assertThat(policy.refusal(URI.create("http://93.184.216.34"))).isEmpty();
  }

  @Test
  void a_server_on_a_public_address_calls_itself_in_clear() throws UnknownHostException {
    EgressPolicy policy = policy(List.of(), at("93.184.216.34"));
    assertThat(policy.refusal(URI.create("http://93.184.216.34:8080"))).isEmpty();
    assertThat(policy.refusal(URI.create("http://93.184.216.34:8081"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9999",
        "http://127.1.2.3",
        "http://10.0.0.1",
        "http://172.16.0.1",
        "http://192.168.0.1",
        "http://100.64.0.1",
        "http://198.18.0.1",
        "http://240.0.0.1",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0:8080",
        "http://224.0.0.1",
        "http://2130706433:9999",
        "http://[::1]:9999",
        "http://[::]:8080",
        "http://[fe80::1]",
        "http://[fd00:ec2::254]",
        "http://[ff02::1]",
        "http://[::ffff:10.0.0.1]",
        "http://[2002:0a00:0001::1]",
        "http://[64:ff9b::a00:1]",
        "https://inside.example",
        "https://mixed.example"
      })
  void what_is_not_public_is_refused_without_telling_what_it_is(String url)
      throws UnknownHostException {
    assertThat(refusal(url)).contains(EgressPolicy.ADDRESS_RULE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://public.example",
        "file:///etc/passwd",
        "https:///nowhere",
        "public.example"
      })
  void only_http_to_a_host_is_called(String url) throws UnknownHostException {
    assertThat(refusal(url)).contains("must be an http or https URL with a host");
  }

  @Test
  void a_user_in_the_url_is_refused() throws UnknownHostException {
    assertThat(refusal("https://public.example@public.example")).contains("must not carry a user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8080", "http://self.example:8080/base"})
  void the_server_itself_is_called(String url) throws UnknownHostException {
    assertThat(refusal(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.2:8080",
        "http://[::1]:8080",
        "http://localhost:8080",
        "http://127.0.0.1:8081"
      })
  void somebody_else_on_loopback_is_not_taken_for_the_server(String url)
      throws UnknownHostException {
    assertThat(refusal(url)).contains(EgressPolicy.ADDRESS_RULE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void a_server_that_listens_everywhere_is_called_at_any_address_of_this_machine(String all)
      throws Exception {
    EgressPolicy policy = policy(List.of(), at(all));
    assertThat(policy.refusal(URI.create("http://localhost:8080"))).isEmpty();
    assertThat(policy.refusal(URI.create("http://localhost:8081"))).isPresent();
    assertThat(policy.refusal(URI.create("http://192.0.2.1:8080"))).isPresent();
    for (InetAddress mine : addressesOfThisMachine()) {
      URI url = new URI("http", null, mine.getHostAddress(), 8080, null, null, null);
      assertThat(policy.refusal(url)).as(url.toString()).isEmpty();
    }
  }

  @Test
  void a_server_on_a_private_address_is_called_there_and_not_on_loopback()
      throws UnknownHostException {
    EgressPolicy policy = policy(List.of(), at("10.0.0.7"));
    assertThat(policy.refusal(URI.create("http://10.0.0.7:8080"))).isEmpty();
    assertThat(policy.refusal(URI.create("http://127.0.0.1:8080"))).isPresent();
  }

  @Test
  void the_operator_can_allow_any_network() throws UnknownHostException {
    EgressPolicy policy = policy(List.of("10.0.0.0/8", "169.254.169.254"), SELF);
    assertThat(policy.refusal(URI.create("http://10.9.8.7"))).isEmpty();
    assertThat(policy.refusal(URI.create("http://169.254.169.254"))).isEmpty();
    assertThat(policy.refusal(URI.create("http://169.254.169.253"))).isPresent();
  }

  @Test
  void an_unknown_host_is_told_apart() {
    assertThatThrownBy(() -> refusal("https://nowhere.example"))
        .isInstanceOf(UnknownHostException.class);
  }

  private static List<InetAddress> addressesOfThisMachine() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLinkLocalAddress())
        .toList();
  }

  private static InetSocketAddress at(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 8080);
  }

  private static Optional<String> refusal(String url) throws UnknownHostException {
    return policy(List.of(), SELF).refusal(URI.create(url));
  }

  private static EgressPolicy policy(List<String> allowed, InetSocketAddress self) {
    Duration second = Duration.ofSeconds(1);
    GatewayConfig config = new GatewayConfig(allowed, second, second, second, 1);
    return new EgressPolicy(config, () -> self, EgressPolicyTest::resolve);
  }

  private static List<InetAddress> resolve(String host) throws UnknownHostException {
    if (NAMES.containsKey(host)) {
      return NAMES.get(host).stream().map(InetAddress::ofLiteral).toList();
    }
    if (host.endsWith(".example")) {
      throw new UnknownHostException(host);
    }
    return List.of(InetAddress.getAllByName(host));
  }
}
