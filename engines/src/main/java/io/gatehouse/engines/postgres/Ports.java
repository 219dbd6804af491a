package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each cluster a port of its own, and the same one again as long as nobody else took it. */
final class Ports {
  private static final Logger LOG = LoggerFactory.getLogger(Ports.class);
  private static final Pattern COMMA = Pattern.compile(", ?");

  private final List<String> addresses;
  private final int first;
  private final int count;
  private final Map<UUID, Integer> kept = new HashMap<>();

  Ports(String listenAddresses, int first, int last) {
    this.addresses = COMMA.splitAsStream(listenAddresses).toList();
    this.first = first;
    this.count = last - first + 1;
  }

  /** The address by which this machine reaches what listens on those addresses. */
  static String reachable(String listenAddresses) {
    String address = COMMA.splitAsStream(listenAddresses).findFirst().orElseThrow();
    return switch (address) {
      case "*", "0.0.0.0" -> "127.0.0.1";
      case "::" -> "::1";
      default -> address;
    };
  }

  /** Takes note of the port a cluster has kept since earlier. */
  synchronized void remember(UUID id, int port) {
    kept.put(id, port);
  }

  /** The port to start a cluster on: its own, or another one if that is taken. */
  synchronized int of(UUID id) {
    Integer port = kept.get(id);
    if (port != null && isFree(port)) {
      return port;
    }
    int other = another(id);
    if (port != null) {
      LOG.warn("Port {} of cluster {} is taken, it moves to {}", port, id, other);
    }
    return other;
  }

  /**
   * A free port that no cluster keeps; the search begins at a place of this cluster's own. Where
   * all are taken, someone has to make room: waiting does not.
   */
  synchronized int another(UUID id) {
    for (int step = 0; step < count; step++) {
      int port = first + Math.floorMod(id.hashCode() + step, count);
      if (!kept.containsValue(port) && isFree(port)) {
        kept.put(id, port);
        return port;
      }
    }
    throw EngineException.lasting(
        "No port is free from " + first + " to " + (first + count - 1), null);
  }

  synchronized void release(UUID id) {
    kept.remove(id);
  }

  private boolean isFree(int port) {
    return addresses.stream().allMatch(address -> canBind(address, port));
  }

  private static boolean canBind(String address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(
          address.equals("*")
              ? new InetSocketAddress(port)
              : new InetSocketAddress(InetAddress.getByName(address), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
