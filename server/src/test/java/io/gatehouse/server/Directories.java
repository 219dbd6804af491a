package io.gatehouse.server;

import io.gatehouse.engines.postgres.PostgresTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Data directories for tests. */
final class Directories {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private Directories() {}

  /** A new one. */
  static Path make() {
    try {
      Files.createDirectories(TARGET);
      return Files.createTempDirectory(TARGET, "data-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new one in which PostgreSQL is prepared already, once for all. */
  static Path prepared() {
    return prepare(make());
  }

  /** Puts the prepared PostgreSQL into an empty one. */
  static synchronized Path prepare(Path data) {
    Path postgres = TARGET.resolve("postgres");
    new PostgresTemplate(postgres).prepare();
    try {
      Files.createSymbolicLink(data.resolve("postgres"), postgres);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return data;
  }

  /** Removes one with all that is in it. */
  static void remove(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
