package io.gatehouse.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine for operators, found without asking the network. */
final class HostName {
  private static final Path FILE = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  static String get() {
    try {
      return Files.readString(FILE).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
