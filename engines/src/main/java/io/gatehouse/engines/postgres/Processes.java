package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The PostgreSQL processes of this machine, told by their program and their working directory,
 * which for PostgreSQL is the data directory. So a process that only got the number of a former one
 * is never taken for it, and a zombie for nothing.
 */
final class Processes {
  private static final Path PROC = Path.of("/proc");
  private static final String DELETED = " (deleted)";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private Processes() {}

  /** Whether that process is a PostgreSQL of that data directory. */
  static boolean serves(long pid, Path dataDirectory) {
    return dataDirectory(pid).filter(dataDirectory::equals).isPresent();
  }

  /** Every PostgreSQL process with its data directory, also if that was removed beneath it. */
  static Map<Long, Path> all() {
    Map<Long, Path> found = new HashMap<>();
    try (Stream<Path> entries = Files.list(PROC)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> Character.isDigit(name.charAt(0)))
          .map(Long::valueOf)
          .forEach(pid -> dataDirectory(pid).ifPresent(path -> found.put(pid, path)));
    } catch (IOException e) {
      throw EngineException.passing("The processes of this machine cannot be read: " + e, e);
    }
    return found;
  }

  /** Kills every process of a data directory, and returns when they are gone. */
  static void killAll(Path dataDirectory) {
    boolean gone = Await.until(TIMEOUT, () -> killed(dataDirectory) == 0);
    if (!gone) {
      throw EngineException.passing("Processes of PostgreSQL do not end", null);
    }
  }

  /** How many were there to be killed. */
  private static int killed(Path dataDirectory) {
    List<ProcessHandle> found =
        all().keySet().stream()
            .flatMap(pid -> ProcessHandle.of(pid).stream())
            .filter(process -> serves(process.pid(), dataDirectory))
            .toList();
    found.forEach(ProcessHandle::destroyForcibly);
    return found.size();
  }

  private static Optional<Path> dataDirectory(long pid) {
    Path process = PROC.resolve(Long.toString(pid));
    return link(process.resolve("exe"))
        .filter(program -> program.endsWith("postgres"))
        .flatMap(program -> link(process.resolve("cwd")));
  }

  private static Optional<Path> link(Path link) {
    try {
      String target = Files.readSymbolicLink(link).toString();
      return Optional.of(
          Path.of(
              target.endsWith(DELETED)
                  ? target.substring(0, target.length() - DELETED.length())
                  : target));
    } catch (IOException e) {
      return Optional.empty(); // ended meanwhile, or not ours to look at
    }
  }
}
