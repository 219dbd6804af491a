package io.gatehouse.directory.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where this program may call out to: public addresses by https, and by http too the networks that
 * the operator allows, and itself. A host counts as what the worst of its addresses is.
 */
public final class EgressPolicy {
  private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443);

  private final List<Network> allowed;
  private final Supplier<InetSocketAddress> self;
  private final HostResolver resolver;

  /** {@code self} is where this server listens, which is known only once it does. */
  public EgressPolicy(
      GatewayConfig config, Supplier<InetSocketAddress> self, HostResolver resolver) {
    this.allowed = config.allowed();
    this.self = self;
    this.resolver = resolver;
  }

  /**
   * The rule that forbids calling this URL; empty when none does.
   *
   * @throws UnknownHostException when its host cannot be resolved
   */
  Optional<String> refusal(URI url) throws UnknownHostException {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    String host = url.getHost();
    if (host == null || !PORTS.containsKey(scheme)) {
      return Optional.of("must be an http or https URL with a host");
    }
    if (url.getRawUserInfo() != null) {
      return Optional.of("must not carry a user");
    }
    int port = url.getPort() < 0 ? PORTS.getOrDefault(scheme, -1) : url.getPort();
    return resolver.resolve(withoutBrackets(host)).stream()
        .filter(address -> !permits(address, port, scheme))
        .map(address -> rule(host, address))
        .findFirst();
  }

  private boolean permits(InetAddress address, int port, String scheme) {
    return allowed.stream().anyMatch(network -> network.contains(address))
        || switch (AddressKind.of(address)) {
          case PUBLIC -> scheme.equals("https") || isSelf(address, port);
          case PRIVATE -> isSelf(address, port);
          case NEVER -> false;
        };
  }

  /** Listening on all addresses means listening on this machine's own. */
  private boolean isSelf(InetAddress address, int port) {
    InetSocketAddress listening = self.get();
    InetAddress own = listening.getAddress();
    boolean local = own != null && (own.isLoopbackAddress() || own.isAnyLocalAddress());
    return listening.getPort() == port
        && (address.equals(own) || (local && address.isLoopbackAddress()));
  }

  private static String rule(String host, InetAddress address) {
    String rule =
        switch (AddressKind.of(address)) {
          case PUBLIC -> "which is public and must be called by https";
          case PRIVATE, NEVER -> "which is neither public nor in a network of egress-allow";
        };
    return "%s is at %s, %s".formatted(host, address.getHostAddress(), rule);
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
