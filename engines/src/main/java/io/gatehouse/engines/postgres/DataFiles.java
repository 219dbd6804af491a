package io.gatehouse.engines.postgres;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.gatehouse.engines.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts a data directory right that was copied or restored without its owner, its modes or its empty
 * directories, so that PostgreSQL can work in it. What is inside files is not judged here.
 */
final class DataFiles {
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final int PERMISSIONS = 0777;

  /** What PostgreSQL 18 needs and may find empty; the others hold data that nobody can make up. */
  private static final List<String> MAY_BE_EMPTY =
      List.of(
          "pg_commit_ts",
          "pg_dynshmem",
          "pg_logical",
          "pg_logical/mappings",
          "pg_logical/snapshots",
          "pg_notify",
          "pg_replslot",
          "pg_serial",
          "pg_snapshots",
          "pg_stat",
          "pg_stat_tmp",
          "pg_subtrans",
          "pg_tblspc",
          "pg_twophase",
          "pg_wal/archive_status",
          "pg_wal/summaries");

  private final Path directory;
  private final int user;

  DataFiles(Path directory) {
    this.directory = directory;
    this.user = Host.user();
  }

  /** Makes the directory itself and the lock file readable, so that it can be seen what runs. */
  void open() {
    try {
      repair(directory);
      Path lockFile = Postmaster.lockFile(directory);
      if (Files.isRegularFile(lockFile, NOFOLLOW_LINKS)) {
        repair(lockFile);
      }
    } catch (IOException e) {
      throw failure(directory, e);
    }
  }

  /** Puts everything right; only while nothing runs in it. */
  void repairAll() {
    repairTree(directory);
    for (String name : MAY_BE_EMPTY) {
      make(directory.resolve(name));
    }
  }

  private static void make(Path path) {
    try {
      if (!Files.exists(path) && Files.isDirectory(path.resolveSibling(""))) {
        FileTrees.create(path);
      }
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** Symbolic links are left alone, and what they point to. */
  private void repairTree(Path path) {
    try {
      if (!repair(path)) {
        return;
      }
      try (Stream<Path> entries = Files.list(path)) {
        entries.forEach(this::repairTree);
      }
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** Whether it is a directory. */
  private boolean repair(Path path) throws IOException {
    Map<String, Object> found = Files.readAttributes(path, "unix:mode,uid", NOFOLLOW_LINKS);
    int mode = (int) Objects.requireNonNull(found.get("mode"));
    boolean isDirectory = (mode & 0170000) == 0040000;
    boolean isFile = (mode & 0170000) == 0100000;
    if (!isDirectory && !isFile) {
      return false;
    }
    if (!Objects.equals(found.get("uid"), user)) {
      Files.setAttribute(path, "unix:uid", user, NOFOLLOW_LINKS);
    }
    if ((mode & PERMISSIONS) != (isDirectory ? 0700 : 0600)) {
      Files.setPosixFilePermissions(path, isDirectory ? DIRECTORY : FILE);
    }
    return isDirectory;
  }

  private static EngineException failure(Path path, IOException cause) {
    return EngineException.passing(
        "%s in the data directory of PostgreSQL has another owner or mode, which the server cannot change: %s"
            .formatted(path.getFileName(), cause.getClass().getSimpleName()),
        cause);
  }
}
