package io.gatehouse.engines.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The main process of a running PostgreSQL, as its lock file tells it and the machine confirms it.
 *
 * @param port where it listens
 * @param ready whether it accepts sessions
 */
record Postmaster(long pid, int port, boolean ready) {
  private static final int PID = 0;
  private static final int PORT = 3;
  private static final int STATUS = 7;

  /** The line of the lock file that names the shared memory segment. */
  static final int SHARED_MEMORY = 6;

  /** The postmaster of a data directory; empty if none lives, whatever the lock file says. */
  static Optional<Postmaster> of(Path dataDirectory) {
    return read(dataDirectory)
        .filter(postmaster -> Processes.serves(postmaster.pid(), dataDirectory));
  }

  static Path lockFile(Path dataDirectory) {
    return dataDirectory.resolve("postmaster.pid");
  }

  /** One line of the lock file, as far as there is such a line and it can be read. */
  static Optional<String> lockFileLine(Path dataDirectory, int index) {
    try {
      List<String> lines = Files.readAllLines(lockFile(dataDirectory));
      return lines.size() > index ? Optional.of(lines.get(index)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What cannot be read, or makes no sense, is torn by a crash or of no PostgreSQL. */
  private static Optional<Postmaster> read(Path dataDirectory) {
    try {
      List<String> lines = Files.readAllLines(lockFile(dataDirectory));
      boolean ready = lines.size() > STATUS && lines.get(STATUS).strip().equals("ready");
      return lines.size() <= PORT
          ? Optional.empty()
          : Optional.of(
              new Postmaster(
                  Long.parseLong(lines.get(PID)), Integer.parseInt(lines.get(PORT)), ready));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
