package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells a full disk from other failures, and says so with figures. */
final class DiskSpace {
  private static final List<String> SIGNS =
      List.of("No space left on device", "Disk quota exceeded", "File too large");
  private static final List<String> UNITS = List.of("bytes", "KiB", "MiB", "GiB", "TiB", "PiB");

  private DiskSpace() {}

  /** Refuses, as a full disk, what would leave less than the minimum free. */
  static void require(Path where, String what, long needed, long minimumFree) {
    long free = free(where);
    if (free - needed < minimumFree) {
      String rule = minimumFree == 0 ? "" : " and " + human(minimumFree) + " must stay free";
      throw full(what, needed, free, rule, null);
    }
  }

  /**
   * The exception for something that failed while it wrote to the disk. A program that cannot even
   * write why it failed is known by the space that lacks.
   */
  static EngineException failure(Path where, String what, long needed, Exception cause) {
    long free = free(where);
    if (free < needed || SIGNS.stream().anyMatch(cause.toString()::contains)) {
      return full(what, needed, free, "", cause);
    }
    return cause instanceof EngineException exception
        ? exception
        : EngineException.passing(what + " failed: " + cause, cause);
  }

  static String human(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.size() - 1) {
      value /= 1024;
      unit++;
    }
    String form = unit == 0 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, form, value, UNITS.get(unit));
  }

  private static EngineException full(
      String what, long needed, long free, String rule, @Nullable Throwable cause) {
    return EngineException.lasting(
        "The disk is full: %s needs %s, %s are free%s"
            .formatted(what, human(needed), human(free), rule),
        cause);
  }

  /** Free bytes where that path is or would be. */
  static long free(Path where) {
    try {
      Path parent = where.getParent();
      return Files.exists(where) || parent == null
          ? Files.getFileStore(where).getUsableSpace()
          : free(parent);
    } catch (IOException e) {
      throw EngineException.passing("The free space of the disk cannot be read: " + e, e);
    }
  }
}
