package io.gatehouse.engines.postgres;

import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.Resources;
import io.gatehouse.engines.postgres.PostgresInstance.Shutdown;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.Sessions;
import io.gatehouse.engines.postgres.sql.Superuser;
import io.gatehouse.engines.postgres.sql.Timeouts;
import io.gatehouse.platform.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The PostgreSQL in which a server without a store of its own keeps its metadata: copied from the
 * same template as clusters are, on this machine's loopback address only.
 */
public final class MetadataPostgres {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String DATABASE = "gatehouse";
  private static final int FIRST_PORT = 22100;
  private static final int LAST_PORT = 22199;
  private static final int MAX_PORTS_TRIED = 20;
  private static final Duration PORT_TIMEOUT = Duration.ofSeconds(10);
  private static final int SHARED_BUFFERS_MEGABYTES = 64;
  private static final Resources RESOURCES = new Resources(2);
  private static final String EXISTS =
      "SELECT EXISTS (SELECT FROM pg_database WHERE datname = 'gatehouse')";
  private static final String CREATE = "CREATE DATABASE gatehouse TEMPLATE template0";

  /** How to connect to the store. */
  public record Access(String jdbcUrl, String user, Secret secret) {}

  private final AtomicDirectory home;
  private final PostgresTemplate template;
  private final PostgresInstance instance;
  private final Secret superuser;
  private final UUID id;
  private final Ports ports = new Ports(LOOPBACK, FIRST_PORT, LAST_PORT);
  private int port = FIRST_PORT;

  /**
   * Does nothing yet.
   *
   * @param directory the data directory, made if it is not there; its parent is made too
   * @param superuser the secret of the store's user, the same at each start
   */
  public MetadataPostgres(Path directory, PostgresTemplate template, Secret superuser) {
    this.home = new AtomicDirectory(realPath(directory.toAbsolutePath()));
    this.template = template;
    this.superuser = superuser;
    this.instance = new PostgresInstance(template.binaries(), home.path());
    this.id = UUID.nameUUIDFromBytes(home.path().toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Makes the store if it is not there, starts it unless it runs, and returns when it answers. */
  public synchronized Access start() {
    template.prepare();
    boolean fresh = !home.exists();
    if (fresh) {
      DiskSpace.require(home.path(), "Creating the store", template.bytes(), 0);
      home.make("Creating the store", template.bytes(), template::copyTo);
    }
    Endpoint endpoint = new Endpoint(LOOPBACK, startProcess().port());
    Sessions sessions = new Sessions(endpoint, superuser, Timeouts.BACKGROUND);
    Superuser.ensure(sessions, template.superuser(), fresh);
    sessions.maintain(MetadataPostgres::ensureDatabase);
    String url = "jdbc:postgresql://%s:%d/%s".formatted(LOOPBACK, endpoint.port(), DATABASE);
    return new Access(url, Superuser.NAME, superuser);
  }

  /**
   * Starts it again where it was, because something ended it.
   *
   * @throws EngineException when it does not start, for instance because something else has its
   *     port now
   */
  public synchronized void startAgain() {
    startAt(keptPort().orElse(port), Duration.ZERO);
  }

  /** Whether its process is there. */
  public synchronized boolean runs() {
    return instance.postmaster().isPresent();
  }

  /** Ends it cleanly, if it runs. */
  public synchronized void stop() {
    instance.stop(Shutdown.FAST);
  }

  private Postmaster startProcess() {
    Optional<Postmaster> running = instance.find();
    OptionalInt kept = running.isPresent() ? OptionalInt.of(running.get().port()) : keptPort();
    Postmaster postmaster =
        kept.isPresent() ? startAt(kept.getAsInt(), PORT_TIMEOUT) : startAnywhere();
    port = postmaster.port();
    return postmaster;
  }

  private OptionalInt keptPort() {
    return PostgresConf.keptPort(home.path());
  }

  /** It keeps its port, so that a taken one is waited for, but not for ever. */
  private Postmaster startAt(int port, Duration timeout) {
    if (instance.find().isEmpty() && !Await.until(timeout, () -> ports.obstacle(port).isEmpty())) {
      throw taken(port);
    }
    return startOn(port).orElseThrow(() -> taken(port));
  }

  private Postmaster startAnywhere() {
    for (int tried = 0; tried < MAX_PORTS_TRIED; tried++) {
      Optional<Postmaster> started = startOn(ports.choose(id));
      if (started.isPresent()) {
        return started.get();
      }
    }
    throw EngineException.passing("The metadata store finds no free port", null);
  }

  private Optional<Postmaster> startOn(int port) {
    Optional<Postmaster> started = instance.start(conf(port));
    if (started.isPresent() && !ports.confirms(id, started.get())) {
      throw taken(port);
    }
    return started;
  }

  private EngineException taken(int port) {
    return EngineException.passing(
        "Port %d of the metadata store is used by another program: free it, or write another one into %s"
            .formatted(port, home.path().resolve("postgresql.conf")),
        null);
  }

  private static PostgresConf conf(int port) {
    return new PostgresConf(LOOPBACK, port, SHARED_BUFFERS_MEGABYTES, RESOURCES);
  }

  private static boolean ensureDatabase(Session session) throws SQLException {
    if (!session.holds(EXISTS)) {
      session.execute(CREATE);
    }
    return true;
  }

  /** The path as the machine will tell it of the process. */
  private static Path realPath(Path directory) {
    return FileTrees.realDirectory(directory.resolveSibling("")).resolve(directory.getFileName());
  }
}
