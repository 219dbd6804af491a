package io.gatehouse.engines.postgres;

import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.Resources;
import io.gatehouse.engines.postgres.PostgresInstance.Shutdown;
import io.gatehouse.platform.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The PostgreSQL in which a server without a store of its own keeps its metadata: copied from the
 * same template as clusters are, on this machine's loopback address only.
 */
public final class MetadataPostgres {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String DATABASE = "gatehouse";
  private static final int FIRST_PORT = 26100;
  private static final int LAST_PORT = 26299;
  private static final int SHARED_BUFFERS_MEGABYTES = 64;
  private static final Resources RESOURCES = new Resources(2);
  private static final String EXISTS =
      "SELECT EXISTS (SELECT FROM pg_database WHERE datname = 'gatehouse')";
  private static final String CREATE = "CREATE DATABASE gatehouse TEMPLATE template0";

  /** How to connect to the store. */
  public record Access(String jdbcUrl, String user, Secret secret) {}

  private final WholeDirectory home;
  private final PostgresTemplate template;
  private final PostgresInstance instance;
  private final Secret superuser;
  private final UUID id;
  private final Ports ports = new Ports(LOOPBACK, FIRST_PORT, LAST_PORT);

  /**
   * Does nothing yet.
   *
   * @param directory the data directory, made if it is not there; its parent is made too
   * @param superuser the secret of the store's user, the same at each start
   */
  public MetadataPostgres(Path directory, PostgresTemplate template, Secret superuser) {
    this.home = new WholeDirectory(realPath(directory.toAbsolutePath()));
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
    PostgresConf.keptPort(home.path()).ifPresent(port -> ports.remember(id, port));
    Endpoint endpoint = new Endpoint(LOOPBACK, startProcess().port());
    Sessions sessions = new Sessions(endpoint, superuser);
    Superuser.ensure(sessions, template.superuser(), fresh);
    sessions.run(Sessions.MAINTENANCE, MetadataPostgres::ensureDatabase);
    String url = "jdbc:postgresql://%s:%d/%s".formatted(LOOPBACK, endpoint.port(), DATABASE);
    return new Access(url, Superuser.NAME, superuser);
  }

  /**
   * Starts it again where it was, because something ended it.
   *
   * @throws EngineException when it does not start, be it that something else has its port now
   */
  public synchronized void startAgain() {
    int port = PostgresConf.keptPort(home.path()).orElseThrow();
    instance.start(conf(port), MetadataPostgres::noOtherPort);
  }

  /** Who is connected knows no other. */
  private static int noOtherPort() {
    throw EngineException.passing("The port of the store is taken", null);
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
    int port = instance.postmaster().map(Postmaster::port).orElseGet(() -> ports.of(id));
    return instance.start(conf(port), () -> ports.another(id));
  }

  private static PostgresConf conf(int port) {
    return new PostgresConf(LOOPBACK, port, SHARED_BUFFERS_MEGABYTES, RESOURCES);
  }

  private static void ensureDatabase(Session session) throws SQLException {
    if (!session.holds(EXISTS)) {
      session.execute(CREATE);
    }
  }

  /** The path as the machine will tell it of the process. */
  private static Path realPath(Path directory) {
    return Trees.realDirectory(directory.resolveSibling("")).resolve(directory.getFileName());
  }
}
