package io.gatehouse.engines.postgres;

import io.gatehouse.engines.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings of one PostgreSQL, written anew before each start, so that a newer control plane
 * brings its settings along. Made for many small instances on one machine; data is as safe as
 * PostgreSQL keeps it by default. The server's log holds no statement of a user: it could hold a
 * password.
 */
record PostgresConf(
    String listenAddresses,
    int port,
    int sharedBuffersMegabytes,
    Resources resources,
    ClientAccess clients) {
  private static final String SETTINGS = "postgresql.conf";
  private static final String AUTHENTICATION = "pg_hba.conf";
  private static final Pattern PORT = number("port");
  private static final Pattern VIRTUAL_CPUS = number("max_parallel_workers");

  /** The superuser comes from this machine only. */
  private static final String OF_SUPERUSER =
      """
      host all "gatehouse","gatehouse_reader" samehost scram-sha-256
      host all "gatehouse","gatehouse_reader" all reject
      """;

  private static final String OF_OTHERS = "host all all all scram-sha-256\n";
  private static final String CLOSED = "host all all all reject\n";
  private static final String READ_ONLY = "default_transaction_read_only = on\n";

  PostgresConf(String listenAddresses, int port, int sharedBuffersMegabytes, Resources resources) {
    this(listenAddresses, port, sharedBuffersMegabytes, resources, ClientAccess.FULL);
  }

  private static final String COMMON_SETTINGS =
      """
      unix_socket_directories = ''
      max_connections = 100
      superuser_reserved_connections = 8
      authentication_timeout = 5s
      createrole_self_grant = 'set, inherit'
      huge_pages = off
      dynamic_shared_memory_type = mmap
      io_method = sync
      jit = off
      max_logical_replication_workers = 0
      max_wal_senders = 0
      wal_level = minimal
      max_wal_size = 256MB
      min_wal_size = 2MB
      autovacuum_worker_slots = 3
      autovacuum_max_workers = 3
      allow_alter_system = off
      log_min_messages = log
      log_min_error_statement = panic
      log_checkpoints = off
      log_timezone = 'UTC'
      timezone = 'UTC'
      lc_messages = 'C'
      """;

  /** The port that a data directory keeps. */
  static OptionalInt keptPort(Path dataDirectory) {
    return find(PORT, dataDirectory);
  }

  /** The resources that a data directory has at its next start; the least where it says none. */
  static Resources writtenResources(Path dataDirectory) {
    int virtualCpus = find(VIRTUAL_CPUS, dataDirectory).orElse(1);
    return new Resources(Math.clamp(virtualCpus, 1, Resources.MAX_VIRTUAL_CPUS));
  }

  /** What clients may do at the next start of a data directory. */
  static ClientAccess writtenAccess(Path dataDirectory) {
    if (read(dataDirectory, AUTHENTICATION).endsWith(CLOSED)) {
      return ClientAccess.NONE;
    }
    return read(dataDirectory).contains("\n" + READ_ONLY)
        ? ClientAccess.READ_ONLY
        : ClientAccess.FULL;
  }

  /** When the settings were written; long ago if they are not there. */
  static Instant writtenAt(Path dataDirectory) {
    return Stream.of(SETTINGS, AUTHENTICATION)
        .map(name -> Instant.ofEpochMilli(dataDirectory.resolve(name).toFile().lastModified()))
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  private static Pattern number(String setting) {
    return Pattern.compile("^" + setting + " = (\\d{1,6})$", Pattern.MULTILINE);
  }

  private static OptionalInt find(Pattern setting, Path dataDirectory) {
    Matcher found = setting.matcher(read(dataDirectory));
    return found.find() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
  }

  boolean isWrittenIn(Path dataDirectory) {
    return read(dataDirectory).equals(text())
        && read(dataDirectory, AUTHENTICATION).equals(authentication());
  }

  /** Everybody but the superuser proves a password, or is not let in at all. */
  private String authentication() {
    return OF_SUPERUSER
        + switch (clients) {
          case FULL, READ_ONLY -> OF_OTHERS;
          case NONE -> CLOSED;
        };
  }

  private String transactions() {
    return switch (clients) {
      case FULL -> "";
      case READ_ONLY, NONE -> READ_ONLY;
    };
  }

  void writeTo(Path dataDirectory) {
    replace(dataDirectory.resolve(AUTHENTICATION), authentication());
    replace(dataDirectory.resolve("pg_ident.conf"), "");
    replace(file(dataDirectory), text());
  }

  private String text() {
    int cpus = resources.virtualCpus();
    int half = Math.ceilDiv(cpus, 2);
    return """
    # Written by Gatehouse at each start and change of resources. Edits are lost.
    port = %d
    listen_addresses = '%s'
    shared_buffers = %dMB
    max_worker_processes = %d
    max_parallel_workers = %d
    max_parallel_workers_per_gather = %d
    max_parallel_maintenance_workers = %d
    """
            .formatted(
                port, listenAddresses, sharedBuffersMegabytes, Math.max(8, cpus), cpus, half, half)
        + transactions()
        + COMMON_SETTINGS;
  }

  private static Path file(Path dataDirectory) {
    return dataDirectory.resolve(SETTINGS);
  }

  private static String read(Path dataDirectory) {
    return read(dataDirectory, SETTINGS);
  }

  private static String read(Path dataDirectory, String name) {
    try {
      return Files.readString(dataDirectory.resolve(name));
    } catch (IOException e) {
      return ""; // not there, or not readable before the directory was put right
    }
  }

  private static void replace(Path file, String text) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw DiskSpace.failure(file, "Writing the settings", 1 << 20, e);
    }
  }
}
