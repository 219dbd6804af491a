package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SplittableRandom;

/**
 * A file that holds space for the metadata store: given up when the disk is full, so that access
 * can still be taken away, and filled again once there is room.
 */
public final class DiskReserve {
  private static final int CHUNK = 1 << 20;

  private final Path file;
  private final long bytes;
  private final long releaseBelow;
  private final long enough;
  private volatile boolean inUse;

  /**
   * Does nothing yet.
   *
   * @param bytes its size; 0 keeps none
   * @param enough so much must stay free beside it when it is filled
   */
  public DiskReserve(Path file, long bytes, long enough) {
    this.file = file;
    this.bytes = bytes;
    this.releaseBelow = bytes / 4;
    this.enough = enough;
  }

  /** Gives the space up, or takes it back, as the disk is now; called again and again. */
  public synchronized void look() {
    if (bytes == 0) {
      return;
    }
    long free = DiskSpace.free(file);
    if (isHeld() && free < releaseBelow) {
      FileTrees.deleteFile(file);
    } else if (!isHeld() && free >= bytes + enough) {
      fill();
    }
    inUse = !isHeld() && free < bytes;
  }

  /** Whether it holds its space, or is not meant to. */
  public boolean isHeld() {
    return bytes == 0 || Files.exists(file);
  }

  /** Whether it was given up and nothing is free beyond what it held. */
  public boolean isInUse() {
    return inUse;
  }

  /** Random, since some file systems keep nothing of what is all the same. */
  private void fill() {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    byte[] chunk = new byte[CHUNK];
    new SplittableRandom().nextBytes(chunk);
    try {
      try (OutputStream out = Files.newOutputStream(fresh)) {
        for (long left = bytes; left > 0; left -= CHUNK) {
          out.write(chunk, 0, (int) Math.min(left, CHUNK));
        }
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      FileTrees.deleteFile(fresh);
      throw EngineException.passing("The reserve of the metadata store cannot be filled", e);
    }
  }
}
