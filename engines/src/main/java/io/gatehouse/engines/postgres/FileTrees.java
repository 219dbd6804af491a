package io.gatehouse.engines.postgres;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.gatehouse.engines.EngineException;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whole directory trees: copied, measured, removed. All directories made here are their owner's
 * only.
 */
final class FileTrees {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private FileTrees() {}

  /** Makes a directory and those above it where they lack. */
  static void create(Path directory) throws IOException {
    Files.createDirectories(directory, OWNER_ONLY);
  }

  /** Makes a directory if need be; gives the path by which the machine calls it. */
  static Path realDirectory(Path directory) {
    try {
      create(directory);
      return directory.toRealPath();
    } catch (IOException e) {
      throw EngineException.lasting("The directory " + directory + " cannot be used: " + e, e);
    }
  }

  /** Makes the directories above a path where they lack. */
  static void createAbove(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      create(parent);
    }
  }

  /** Copies a tree to a place that does not exist yet; files keep their mode. */
  static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectory(to.resolve(from.relativize(directory)), OWNER_ONLY);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (Thread.currentThread().isInterrupted()) {
              throw new InterruptedIOException("broken off");
            }
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Removes a tree if there is one, also what its owner closed to itself. Files may vanish
   * meanwhile: PostgreSQL removes some of its own at its end.
   */
  static void delete(Path tree) throws IOException {
    if (Files.isDirectory(tree, NOFOLLOW_LINKS)) {
      open(tree);
      for (Path entry : entries(tree)) {
        delete(entry);
      }
    }
    Files.deleteIfExists(tree);
  }

  private static void open(Path directory) throws IOException {
    try {
      Files.setPosixFilePermissions(directory, OWNER_ONLY.value());
    } catch (NoSuchFileException e) {
      return; // gone meanwhile
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Removes a file if there is one. */
  static void deleteFile(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw EngineException.passing("The file " + file + " cannot be removed: " + e, e);
    }
  }

  /** How much of a disk the files of a tree take, counted in whole blocks. */
  static long bytes(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.mapToLong(path -> blocks(path.toFile().length())).sum();
    } catch (IOException e) {
      throw EngineException.passing("The template cannot be read: " + e, e);
    }
  }

  /** The same while files come and go; what cannot be read counts nothing. */
  static long bytesNow(Path directory) {
    File[] entries = directory.toFile().listFiles();
    return entries == null
        ? blocks(directory.toFile().length())
        : Stream.of(entries).mapToLong(entry -> bytesNow(entry.toPath())).sum();
  }

  private static long blocks(long length) {
    return Math.ceilDiv(length, 4096) * 4096;
  }
}
