package io.gatehouse.directory.gateway;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/** What an address is for, as far as calling out is concerned. */
enum AddressClass {
  /** Anyone's on the internet. */
  PUBLIC,
  /** This machine's, or of a network that is not the internet's. */
  PRIVATE,
  /** Never an upstream: link-local (where clouds serve metadata), multicast, unspecified. */
  NEVER;

  /** Reserved for uses other than hosts on the internet, beyond what Java itself knows. */
  private static final List<Network> RESERVED_V4 =
      networks(
          "0.0.0.0/8",
          "100.64.0.0/10",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "240.0.0.0/4");

  private static final Network GLOBAL_V6 = Network.parse("2000::/3");

  /** Within the global block, but documentation, or tunnels that may lead to any IPv4 address. */
  private static final List<Network> RESERVED_V6 =
      networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  static AddressClass of(InetAddress address) {
    if (address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || address.isAnyLocalAddress()) {
      return NEVER;
    }
    return isPublic(address) ? PUBLIC : PRIVATE;
  }

  private static boolean isPublic(InetAddress address) {
    if (address.isLoopbackAddress() || address.isSiteLocalAddress()) {
      return false;
    }
    return address instanceof Inet4Address
        ? isNotIn(RESERVED_V4, address)
        : GLOBAL_V6.contains(address) && isNotIn(RESERVED_V6, address);
  }

  private static boolean isNotIn(List<Network> networks, InetAddress address) {
    return networks.stream().noneMatch(network -> network.contains(address));
  }

  private static List<Network> networks(String... texts) {
    return List.of(texts).stream().map(Network::parse).toList();
  }
}
