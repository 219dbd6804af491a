package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which process listens on which port of this machine, as the kernel tells it. */
final class Listeners {
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String LISTEN = "0A";
  private static final int WORD = 4;

  private Listeners() {}

  /** Whether that process listens on that port, at the address or at every address. */
  static boolean has(long pid, InetAddress address, int port) {
    String table = address instanceof Inet4Address ? "/proc/net/tcp" : "/proc/net/tcp6";
    String ofAddress = hex(address.getAddress());
    String ofEvery = "0".repeat(ofAddress.length());
    String suffix = ":%04X".formatted(port);
    Set<String> wanted = Set.of(ofAddress + suffix, ofEvery + suffix);
    try (Stream<String> lines = Files.lines(Path.of(table))) {
      Set<String> sockets =
          lines
              .map(line -> SPACES.split(line.strip(), -1))
              .filter(fields -> fields.length > INODE && fields[STATE].equals(LISTEN))
              .filter(fields -> wanted.contains(fields[LOCAL_ADDRESS]))
              .map(fields -> "socket:[" + fields[INODE] + "]")
              .collect(Collectors.toSet());
      return !sockets.isEmpty() && holdsAny(pid, sockets);
    } catch (IOException e) {
      throw EngineException.passing("The ports of this machine cannot be read: " + e, e);
    }
  }

  private static boolean holdsAny(long pid, Set<String> sockets) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return open.anyMatch(descriptor -> sockets.contains(target(descriptor)));
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }

  /** The kernel writes an address in words of four bytes, each as this machine keeps a number. */
  private static String hex(byte[] address) {
    StringBuilder text = new StringBuilder();
    for (int word = 0; word < address.length; word += WORD) {
      for (int i = WORD - 1; i >= 0; i--) {
        text.append(HexFormat.of().withUpperCase().toHexDigits(address[word + i]));
      }
    }
    return text.toString();
  }
}
