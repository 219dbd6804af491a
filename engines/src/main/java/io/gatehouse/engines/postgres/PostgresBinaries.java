package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The programs of PostgreSQL, unpacked once from the class path into {@code <directory>/<version>}.
 * Languages that bring in an interpreter of the host are left out: code in SQL never needs them.
 */
final class PostgresBinaries {
  private static final Pattern LEFT_OUT =
      Pattern.compile(".*(plperl|plpython|pltcl).*|lib/[^/]*\\.a|lib/pkgconfig.*|lib/.*/pgxs.*");

  private static final long UNPACKED_BYTES = 60L << 20;

  private final Path directory;
  private final String version;

  PostgresBinaries(Path directory) {
    this.directory = directory;
    this.version = readVersion();
  }

  String version() {
    return version;
  }

  /** The path of {@code postgres}, {@code initdb} or {@code pg_ctl}, unpacked if need be. */
  Path program(String name) {
    prepare();
    return directory.resolve(version).resolve("bin").resolve(name);
  }

  private synchronized void prepare() {
    AtomicDirectory home = new AtomicDirectory(directory.resolve(version));
    if (!home.exists()) {
      home.make("Unpacking PostgreSQL", UNPACKED_BYTES, PostgresBinaries::unpack);
    }
  }

  private static void unpack(Path target) throws IOException {
    try (InputStream packed = archive();
        InputStream unpacked = new XZCompressorInputStream(new BufferedInputStream(packed));
        TarArchiveInputStream tar = new TarArchiveInputStream(unpacked)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (!LEFT_OUT.matcher(entry.getName()).matches()) {
          write(tar, entry, target.resolve(entry.getName()));
        }
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    FileTrees.createAbove(path);
    if (entry.isDirectory()) {
      FileTrees.create(path);
    } else if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      boolean executable = (entry.getMode() & 0100) != 0;
      String mode = executable ? "rwx------" : "rw-------";
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
  }

  private static InputStream archive() {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    String name =
        switch (system.toLowerCase(Locale.ROOT)) {
          case "linux amd64", "linux x86_64" -> "/postgres-linux-x86_64.txz";
          case "linux aarch64", "linux arm64" -> "/postgres-linux-arm_64.txz";
          default -> null;
        };
    @Nullable InputStream archive =
        name == null ? null : PostgresBinaries.class.getResourceAsStream(name);
    if (archive == null) {
      throw EngineException.lasting("There is no PostgreSQL for " + system + " here", null);
    }
    return archive;
  }

  private static String readVersion() {
    Properties properties = new Properties();
    try (InputStream file = PostgresBinaries.class.getResourceAsStream("postgresql.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
