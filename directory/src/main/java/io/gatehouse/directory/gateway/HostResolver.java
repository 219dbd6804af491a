package io.gatehouse.directory.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
public interface HostResolver {
  /** All of them, at least one. */
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /** As the machine does it. */
  static HostResolver ofThisMachine() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
