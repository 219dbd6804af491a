package io.gatehouse.server;

import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.secret.KeysetFile;
import io.gatehouse.platform.store.StoreConfig;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which an installation keeps its things. It belongs to its owner alone, to one
 * server at a time, and to no older program than the one that wrote it last.
 */
final class DataDirectory {
  private static final int FORMAT = 1;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** What a first start may find there: what a start that failed left, or what was put there. */
  private static final Set<String> HARMLESS =
      Set.of("format.new", "lock", "keyset.json", "postgres", "lost+found");

  private final Path path;
  private @Nullable FileLock lock;

  private DataDirectory(Path path) {
    this.path = path;
  }

  /** Makes it if it is not there, and checks that this program can work in it. */
  static DataDirectory open(Path path) {
    try {
      Path absolute = path.toAbsolutePath().normalize();
      Files.createDirectories(absolute, OWNER_ONLY);
      DataDirectory directory = new DataDirectory(absolute);
      directory.checkFormat();
      return directory;
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private void checkFormat() throws IOException {
    Path file = path.resolve("format");
    if (!Files.exists(file)) {
      requireUnused();
      Files.setPosixFilePermissions(path, OWNER_ONLY.value());
      write(file, Integer.toString(FORMAT));
    }
    String format = Files.readString(file).strip();
    if (!format.matches("[1-9][0-9]{0,5}")) {
      throw new ConfigException("data directory %s is damaged: %s".formatted(path, file));
    }
    if (Integer.parseInt(format) > FORMAT) {
      throw new ConfigException(
          "data directory %s has format %s, this version of Gatehouse knows %d: use a newer one"
              .formatted(path, format, FORMAT));
    }
  }

  private void requireUnused() throws IOException {
    try (Stream<Path> present = Files.list(path)) {
      Optional<String> foreign =
          present
              .map(file -> file.getFileName().toString())
              .filter(name -> !HARMLESS.contains(name))
              .findFirst();
      if (foreign.isPresent()) {
        throw new ConfigException(
            "directory %s is no data directory and holds something else: '%s'"
                .formatted(path, foreign.get()));
      }
    }
  }

  Path path() {
    return path;
  }

  KeysetFile keyset() {
    return new KeysetFile(path.resolve("keyset.json"));
  }

  Path metadata() {
    return path.resolve("metadata");
  }

  /** Whether what later starts only open has been made: the keyset, and the store if it is here. */
  boolean isFounded(StoreConfig store) {
    return keyset().exists() && (store.databaseUrl().isPresent() || Files.exists(metadata()));
  }

  Path postgres() {
    return path.resolve("postgres");
  }

  Path clusters() {
    return path.resolve("clusters");
  }

  /** The id of the server that works here; the same at every start. */
  UUID serverId() {
    Path file = path.resolve("server-id");
    try {
      if (!Files.exists(file)) {
        write(file, UUID.randomUUID().toString());
      }
      return UUID.fromString(Files.readString(file).strip());
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(file, e);
    }
  }

  /** Writes a line, whole or not at all. */
  private static void write(Path file, String line) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.SYNC);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Takes the directory for this process, if no other has it; the system gives it back at its end.
   * The lock is kept here, because one that nobody holds on to is given back by the collector.
   */
  boolean tryLock() {
    try {
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = channel.tryLock();
      return lock != null;
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /**
   * Names the lock on this machine, as long as it runs: two directories with the same name are one,
   * and a copy has another. Empty where the machine does not tell.
   */
  String lockName() {
    Path bootId = Path.of("/proc/sys/kernel/random/boot_id");
    try {
      Path file = path.resolve("lock");
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key == null || !Files.isReadable(bootId)
          ? ""
          : Files.readString(bootId).strip() + " " + key;
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static ConfigException unusable(Path path, Exception cause) {
    return new ConfigException(
        "data directory %s cannot be used: %s: %s"
            .formatted(path, cause.getClass().getSimpleName(), cause.getMessage()));
  }
}
