package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each cluster a port of its own, which it then keeps. Ports that the kernel may give to
 * outgoing connections come last.
 */
final class Ports {
  private static final Logger LOG = LoggerFactory.getLogger(Ports.class);
  private static final Pattern COMMA = Pattern.compile(", ?");

  private final List<String> addresses;
  private final int first;
  private final int count;
  private final EphemeralPorts ephemeral;
  private final Map<UUID, Integer> kept = new HashMap<>();
  private final Map<UUID, Long> confirmed = new HashMap<>();

  Ports(String listenAddresses, int first, int last) {
    this(listenAddresses, first, last, EphemeralPorts.ofThisMachine());
  }

  Ports(String listenAddresses, int first, int last, EphemeralPorts ephemeral) {
    this.addresses = COMMA.splitAsStream(listenAddresses).toList();
    this.first = first;
    this.count = last - first + 1;
    this.ephemeral = ephemeral;
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

  /** Whether any of these ports may be taken by an outgoing connection; says so in the log. */
  boolean warnIfEphemeral() {
    boolean some = IntStream.range(first, first + count).anyMatch(ephemeral::contains);
    if (some) {
      LOG.warn(
          "Some of the ports {} to {} are ephemeral ports of this machine ({} to {}): an outgoing"
              + " connection may take a cluster's port while it is down. Set sql-first-port and"
              + " sql-last-port, or reserve the ports by net.ipv4.ip_local_reserved_ports",
          first,
          first + count - 1,
          ephemeral.range().first(),
          ephemeral.range().last());
    }
    return some;
  }

  /** Takes note of the port that a cluster keeps. */
  synchronized void keep(UUID id, int port) {
    kept.put(id, port);
  }

  /** Why nothing can listen on a port now; empty if a cluster can. Fit for a person. */
  Optional<String> obstacle(int port) {
    return addresses.stream().flatMap(address -> obstacle(address, port).stream()).findFirst();
  }

  private static Optional<String> obstacle(String address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(
          address.equals("*")
              ? new InetSocketAddress(port)
              : new InetSocketAddress(InetAddress.getByName(address), port));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "Port %d of %s cannot be used: %s".formatted(port, address, e.getMessage()));
    }
  }

  /**
   * A free port that no cluster keeps; the search begins at a place of this cluster's own. Where
   * all are taken, someone has to make room: waiting does not.
   */
  synchronized int choose(UUID id) {
    kept.remove(id);
    Optional<Integer> port =
        choose(id, candidate -> !ephemeral.contains(candidate))
            .or(() -> choose(id, ephemeral::contains));
    port.ifPresent(chosen -> kept.put(id, chosen));
    return port.orElseThrow(
        () ->
            EngineException.lasting(
                "No port is free from " + first + " to " + (first + count - 1), null));
  }

  private Optional<Integer> choose(UUID id, IntPredicate candidate) {
    return IntStream.range(0, count)
        .map(step -> first + Math.floorMod(id.hashCode() + step, count))
        .filter(candidate)
        .filter(port -> !kept.containsValue(port) && obstacle(port).isEmpty())
        .boxed()
        .findFirst();
  }

  /**
   * Makes sure that what listens on the port of a cluster is its own process. PostgreSQL runs as
   * long as it has one of its addresses, and another program may have the one that is connected to.
   */
  synchronized boolean confirms(UUID id, Postmaster postmaster) {
    if (Long.valueOf(postmaster.pid()).equals(confirmed.get(id))) {
      return true;
    }
    boolean own = isListener(postmaster);
    if (own) {
      confirmed.put(id, postmaster.pid());
    }
    return own;
  }

  private boolean isListener(Postmaster postmaster) {
    String address = reachable(String.join(",", addresses));
    try {
      return Listeners.has(postmaster.pid(), InetAddress.getByName(address), postmaster.port());
    } catch (IOException e) {
      throw EngineException.passing("The address " + address + " cannot be resolved", e);
    }
  }

  synchronized void release(UUID id) {
    kept.remove(id);
    confirmed.remove(id);
  }
}
