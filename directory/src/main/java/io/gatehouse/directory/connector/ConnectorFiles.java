package io.gatehouse.directory.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Where the files of the connectors are. */
@FunctionalInterface
public interface ConnectorFiles {
  /** The text of a file, its path divided by slashes; empty when there is none. */
  Optional<String> read(String path);

  /** Those that this program brings along. */
  static ConnectorFiles ofThisProgram() {
    return path -> {
      try (InputStream in = ConnectorFiles.class.getResourceAsStream("/connectors/" + path)) {
        return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
