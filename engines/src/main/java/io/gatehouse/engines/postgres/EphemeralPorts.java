package io.gatehouse.engines.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The ports that the kernel gives to outgoing connections. What listens on one of them may find it
 * in use at its next start.
 */
record EphemeralPorts(Range range, List<Range> reserved) {
  private static final Path KERNEL = Path.of("/proc/sys/net/ipv4");
  private static final Range DEFAULT = new Range(32768, 60999);
  private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");

  /** Ports from the first to the last. */
  record Range(int first, int last) {
    boolean contains(int port) {
      return first <= port && port <= last;
    }

    /** Reads {@code 8080} or {@code 9148-9150}. */
    private static Range parse(String text) {
      int dash = text.indexOf('-');
      return dash < 0
          ? new Range(Integer.parseInt(text), Integer.parseInt(text))
          : new Range(
              Integer.parseInt(text.substring(0, dash)),
              Integer.parseInt(text.substring(dash + 1)));
    }
  }

  /** As the kernel of this machine is set, or as kernels usually are if it does not say. */
  static EphemeralPorts ofThisMachine() {
    return read(KERNEL.resolve("ip_local_port_range"), KERNEL.resolve("ip_local_reserved_ports"));
  }

  static EphemeralPorts read(Path range, Path reserved) {
    List<String> bounds = words(range);
    return new EphemeralPorts(
        bounds.size() == 2
            ? new Range(Integer.parseInt(bounds.get(0)), Integer.parseInt(bounds.get(1)))
            : DEFAULT,
        words(reserved).stream().map(Range::parse).toList());
  }

  /** Whether the kernel may give this port to an outgoing connection. */
  boolean contains(int port) {
    return range.contains(port) && reserved.stream().noneMatch(range -> range.contains(port));
  }

  private static List<String> words(Path file) {
    try {
      List<String> words = new ArrayList<>(List.of(SEPARATOR.split(Files.readString(file), -1)));
      words.removeIf(String::isEmpty);
      return words;
    } catch (IOException e) {
      return List.of();
    }
  }
}
