package io.gatehouse.directory.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where this program may call out to: public addresses by https, and by http too the networks that
 * the operator allows, and itself: the very address that it listens on, or any of this machine
 * where it listens on all. A host counts as what the worst of its addresses is.
 */
public final class EgressPolicy {
  /** The same for all that is refused: it does not tell what a name of an inner network means. */
  static final String ADDRESS_RULE =
      "must be an https URL of a host that is known and has public addresses only, or be in the"
          + " networks that the operator allows by egress-allow";

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
            .allMatch(address -> permits(address, port, scheme))
        ? Optional.empty()
        : Optional.of(ADDRESS_RULE);
  }

  private boolean permits(InetAddress address, int port, String scheme) {
    return allowed.stream().anyMatch(network -> network.contains(address))
        || switch (AddressClass.of(address)) {
          case PUBLIC -> scheme.equals("https") || isSelf(address, port);
          case PRIVATE -> isSelf(address, port);
          case NEVER -> false;
        };
  }

  /** On the same port of another address somebody else may listen, even on loopback. */
  private boolean isSelf(InetAddress address, int port) {
    InetSocketAddress listening = self.get();
    InetAddress own = listening.getAddress();
    return own != null
        && listening.getPort() == port
        && (own.isAnyLocalAddress() ? isOfThisMachine(address) : address.equals(own));
  }

  private static boolean isOfThisMachine(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false; // what cannot be found out is not permitted
    }
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
