package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A directory that is there whole or not at all, also after a kill or a power loss at any moment:
 * it is filled under the name {@code <name>.partial}, brought to the disk and renamed; to remove
 * it, it is renamed to {@code <name>.deleting} first.
 */
record AtomicDirectory(Path path) {
  static final String PARTIAL = ".partial";
  static final String DELETING = ".deleting";

  /** Writes the content into an empty directory. */
  @FunctionalInterface
  interface Filling {
    void into(Path directory) throws IOException;
  }

  boolean exists() {
    return Files.isDirectory(path);
  }

  Path partial() {
    return path.resolveSibling(path.getFileName() + PARTIAL);
  }

  Path deleting() {
    return path.resolveSibling(path.getFileName() + DELETING);
  }

  /**
   * Makes the directory; nothing half-made is left if that fails.
   *
   * @param what says what is made, and {@code needed} how much it takes, should the disk be full
   */
  void make(String what, long needed, Filling filling) {
    try {
      FileTrees.delete(partial());
      FileTrees.createAbove(path);
      fill(filling);
    } catch (IOException | RuntimeException e) {
      throw DiskSpace.failure(path, what, needed, e);
    }
  }

  /** Removes the directory and what was left of it half-made or half-removed. */
  void remove() {
    try {
      FileTrees.delete(deleting());
      if (exists()) {
        Files.move(path, deleting(), StandardCopyOption.ATOMIC_MOVE);
        FileTrees.delete(deleting());
      }
      FileTrees.delete(partial());
    } catch (IOException e) {
      throw EngineException.passing("Removing " + path.getFileName() + " failed: " + e, e);
    }
  }

  /** One syncfs(2) brings all files to the disk at once; a sync of each would take seconds. */
  private void fill(Filling filling) throws IOException {
    try {
      filling.into(partial());
      Host.run(Host.tool("sync"), "-f", partial().toString());
      rename();
    } catch (IOException | RuntimeException e) {
      FileTrees.delete(partial());
      throw e;
    }
  }

  private void rename() throws IOException {
    Files.move(partial(), path, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel parent = FileChannel.open(path.resolveSibling(""), StandardOpenOption.READ)) {
      parent.force(true);
    }
  }
}
