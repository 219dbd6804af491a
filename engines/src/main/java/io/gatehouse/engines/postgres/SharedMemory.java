package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The System V segment by which a PostgreSQL knows that another one has its data directory. It
 * stays behind when PostgreSQL is killed, and a machine has room for some thousand of them; a later
 * start in the same directory takes it away, but after a removal there is none.
 */
record SharedMemory(String key, String id) {
  private static final Logger LOG = LoggerFactory.getLogger(SharedMemory.class);
  private static final Path SEGMENTS = Path.of("/proc/sysvipc/shm");
  private static final int KEY = 0;
  private static final int ID = 1;
  private static final int ATTACHED = 6;

  /** The segment that the lock file of a data directory names, if one does. */
  static Optional<SharedMemory> of(Path dataDirectory) {
    return Postmaster.lockFileLine(dataDirectory, Postmaster.SHARED_MEMORY)
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields.length == 2)
        .map(fields -> new SharedMemory(fields[KEY], fields[ID]));
  }

  /** Removes the segment if no process uses it. */
  void remove() {
    try (Stream<String> segments = Files.lines(SEGMENTS)) {
      if (segments.map(line -> List.of(line.strip().split("\\s+"))).anyMatch(this::isUnused)) {
        Host.run(Host.tool("ipcrm"), "-m", id);
      }
    } catch (IOException | EngineException e) {
      LOG.warn("shared memory segment {} is left behind", id, e);
    }
  }

  private boolean isUnused(List<String> segment) {
    return segment.size() > ATTACHED
        && segment.get(KEY).equals(key)
        && segment.get(ID).equals(id)
        && segment.get(ATTACHED).equals("0");
  }
}
