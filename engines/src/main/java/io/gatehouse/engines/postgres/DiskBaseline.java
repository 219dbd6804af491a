package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each cluster took of the disk while there was enough space, kept in a file: a line {@code
 * <id> <bytes>} for each, and at the end {@code total <lines>}; none without clusters. A file that
 * is not whole counts as none; one that cannot be written costs nothing but what a restart of the
 * server forgets.
 */
final class DiskBaseline {
  private static final Logger LOG = LoggerFactory.getLogger(DiskBaseline.class);
  private static final String TOTAL = "total";

  private final Path file;
  private Map<UUID, Long> sizes;
  private boolean isKnown;

  DiskBaseline(Path file) {
    this.file = file;
    this.sizes = read(file);
    this.isKnown = !sizes.isEmpty();
  }

  /** Whether there is one at all. */
  boolean isKnown() {
    return isKnown;
  }

  /** Bytes; what was made since has grown from nothing. */
  long of(UUID id) {
    return sizes.getOrDefault(id, 0L);
  }

  void replace(Map<UUID, Long> measured) {
    sizes = Map.copyOf(measured);
    isKnown = true;
    try {
      write();
    } catch (IOException | EngineException e) {
      LOG.debug("the sizes of clusters cannot be kept in {}", file, e);
    }
  }

  private void write() throws IOException {
    if (sizes.isEmpty()) {
      FileTrees.deleteFile(file);
      return;
    }
    StringBuilder text = new StringBuilder();
    sizes.forEach((id, bytes) -> text.append(id).append(' ').append(bytes).append('\n'));
    text.append(TOTAL).append(' ').append(sizes.size()).append('\n');
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      writeThrough(fresh, text.toString());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      FileTrees.deleteFile(fresh);
      throw e;
    }
  }

  private static void writeThrough(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static Map<UUID, Long> read(Path file) {
    try {
      return Files.exists(file) ? parse(Files.readAllLines(file)) : Map.of();
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{} is not whole: growth of clusters counts from now on", file, e);
      return Map.of();
    }
  }

  private static Map<UUID, Long> parse(List<String> lines) {
    Map<UUID, Long> sizes = new HashMap<>();
    int last = lines.size() - 1;
    if (last < 0 || !lines.get(last).equals(TOTAL + " " + last)) {
      throw new IllegalArgumentException("the end is missing");
    }
    for (String line : lines.subList(0, last)) {
      int space = line.indexOf(' ');
      if (space < 0) {
        throw new IllegalArgumentException("a line is not an id and a size");
      }
      sizes.put(UUID.fromString(line.substring(0, space)), Long.valueOf(line.substring(space + 1)));
    }
    return Map.copyOf(sizes);
  }
}
