package io.gatehouse.engines.postgres;

import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.Resources;
import io.gatehouse.engines.postgres.access.ClusterAccess;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.Sessions;
import io.gatehouse.engines.postgres.sql.Superuser;
import io.gatehouse.engines.postgres.sql.Timeouts;
import io.gatehouse.platform.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A data directory that is initialised once and copied for each new PostgreSQL: that takes a tenth
 * of the time, and every copy is set up already, with the role {@code admin} and the database
 * {@code defaultdb}. Names sort by code point, letters beyond ASCII have upper and lower case.
 */
public final class PostgresTemplate {
  /** Counts up when the content of the template changes. */
  private static final int FORMAT = 9;

  private static final int MAX_PORTS_TRIED = 20;
  private static final long ROUGHLY_BYTES = 40L << 20;

  private static final Pattern DISPENSABLE =
      Pattern.compile("postgresql\\.(log|conf)|postmaster\\.opts|\\d+_(fsm|vm)");
  private static final String LOOPBACK = "127.0.0.1";
  private static final List<String> SETUP =
      List.of(
          "REVOKE CONNECT ON DATABASE template1 FROM PUBLIC",
          "REVOKE CONNECT ON DATABASE postgres FROM PUBLIC",
          "CREATE DATABASE defaultdb OWNER admin TEMPLATE template0");

  private final PostgresBinaries binaries;
  private final AtomicDirectory home;
  private long bytes;

  /** Keeps the programs and the template in this directory, which is made if it is not there. */
  public PostgresTemplate(Path directory) {
    Path root = FileTrees.realDirectory(directory);
    this.binaries = new PostgresBinaries(root.resolve("binaries"));
    this.home = new AtomicDirectory(root.resolve("template-" + binaries.version() + "-" + FORMAT));
  }

  /**
   * Makes programs and template ready; takes some seconds the first time and nothing later.
   *
   * @throws EngineException if this machine cannot run PostgreSQL
   */
  public synchronized void prepare() {
    if (!home.exists()) {
      Processes.killAll(data(home.partial()));
      home.make("Preparing PostgreSQL", ROUGHLY_BYTES, this::fill);
    }
  }

  PostgresBinaries binaries() {
    return binaries;
  }

  /** What a copy takes on the disk. */
  synchronized long bytes() {
    if (bytes == 0) {
      bytes = FileTrees.bytes(data(home.path()));
    }
    return bytes;
  }

  void copyTo(Path dataDirectory) throws IOException {
    FileTrees.copy(data(home.path()), dataDirectory);
  }

  /** The secret of the superuser in a fresh copy. */
  Secret superuser() {
    try {
      return Secret.of(Files.readString(secretFile(home.path())));
    } catch (IOException e) {
      throw EngineException.passing("The secret of the template cannot be read: " + e, e);
    }
  }

  private void fill(Path directory) throws IOException {
    FileTrees.create(directory);
    Path data = data(directory);
    Secret secret = writeSecret(secretFile(directory));
    initialise(data, secretFile(directory));
    setUp(new PostgresInstance(binaries, data), secret);
    for (Path file : dispensable(data)) {
      Files.delete(file);
    }
  }

  /**
   * What a start writes anew, and the maps of free space and visibility, which PostgreSQL makes
   * again as it needs them: a quarter of all files, and files are what a copy costs.
   */
  private static List<Path> dispensable(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(file -> DISPENSABLE.matcher(file.getFileName().toString()).matches())
          .toList();
    }
  }

  private void initialise(Path data, Path secretFile) {
    Host.run(
        binaries.program("initdb"),
        "--pgdata=" + data,
        "--username=" + Superuser.NAME,
        "--pwfile=" + secretFile,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--wal-segsize=1",
        "--no-sync",
        "--no-instructions");
  }

  private static void setUp(PostgresInstance instance, Secret secret) {
    Ports ports = new Ports(LOOPBACK, 20000, 32767);
    UUID anyPlace = new UUID(0, 0);
    Postmaster postmaster =
        Stream.generate(() -> ports.choose(anyPlace))
            .limit(MAX_PORTS_TRIED)
            .map(port -> new PostgresConf(LOOPBACK, port, 16, new Resources(1)))
            .flatMap(conf -> instance.start(conf).stream())
            .findFirst()
            .orElseThrow(() -> EngineException.passing("PostgreSQL finds no free port", null));
    try {
      Sessions sessions =
          new Sessions(new Endpoint(LOOPBACK, postmaster.port()), secret, Timeouts.BACKGROUND);
      sessions.maintain(PostgresTemplate::setUp);
      new ClusterAccess(InstantSource.system()).setUp(sessions);
    } finally {
      instance.stop(PostgresInstance.Shutdown.FAST);
    }
  }

  private static boolean setUp(Session session) throws SQLException {
    ClusterAccess.ensureRoles(session);
    for (String statement : SETUP) {
      session.execute(statement);
    }
    return true;
  }

  private static Secret writeSecret(Path file) throws IOException {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, secret);
    return Secret.of(secret);
  }

  private static Path data(Path home) {
    return home.resolve("data");
  }

  private static Path secretFile(Path home) {
    return home.resolve("superuser.secret");
  }
}
