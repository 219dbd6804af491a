package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one PostgreSQL, in its data directory. Kept small from outside, as nothing else bounds
 * it.
 */
record LogFile(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);
  private static final long MAX_BYTES = 8L << 20;
  private static final int KEPT_BYTES = 1 << 20;
  private static final int EXCERPT_BYTES = 4096;

  static LogFile in(Path dataDirectory) {
    return new LogFile(dataDirectory.resolve("postgresql.log"));
  }

  long size() {
    return path.toFile().length();
  }

  /** The last lines written since the log had that size. */
  String since(long position) {
    return tail(Math.min(EXCERPT_BYTES, Math.toIntExact(Math.max(0, size() - position))));
  }

  /**
   * Empties a log that grew too long, and keeps its end beside it. The process appends and goes on.
   */
  void bound() {
    if (size() > MAX_BYTES) {
      try (FileChannel log = FileChannel.open(path, StandardOpenOption.WRITE)) {
        Files.writeString(path.resolveSibling("postgresql.log.1"), tail(KEPT_BYTES));
        log.truncate(0);
      } catch (IOException e) {
        LOG.warn("{} cannot be kept small", path, e);
      }
    }
  }

  private String tail(int length) {
    try (FileChannel log = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer end = ByteBuffer.allocate(length);
      log.read(end, Math.max(0, log.size() - length));
      return new String(end.array(), 0, end.position(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw EngineException.passing("The log of PostgreSQL cannot be read: " + e, e);
    }
  }
}
