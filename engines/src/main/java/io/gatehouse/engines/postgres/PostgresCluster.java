package io.gatehouse.engines.postgres;

import io.gatehouse.engines.Desired;
import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.Observed;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import io.gatehouse.engines.postgres.PostgresInstance.Shutdown;
import io.gatehouse.engines.postgres.access.ClusterAccess;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.SessionPool;
import io.gatehouse.engines.postgres.sql.Sessions;
import io.gatehouse.engines.postgres.sql.SqlState;
import io.gatehouse.engines.postgres.sql.Superuser;
import io.gatehouse.engines.postgres.sql.Timeouts;
import io.gatehouse.platform.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * One cluster: its data directory, its process and its superuser, as they are and as they should
 * be. Not for several threads at once, except to observe.
 */
final class PostgresCluster {
  private static final int SHARED_BUFFERS_MEGABYTES = 16;

  private final UUID id;
  private final PostgresConfig config;
  private final PostgresTemplate template;
  private final Ports ports;
  private final DiskGuard disk;
  private final Secret superuser;
  private final SessionPool pool;
  private final AtomicDirectory home;
  private final PostgresInstance instance;
  private final ClusterStart start;

  PostgresCluster(
      UUID id,
      Path root,
      PostgresConfig config,
      PostgresTemplate template,
      Ports ports,
      DiskGuard disk,
      Secret superuser,
      SessionPool pool) {
    this.id = id;
    this.pool = pool;
    this.config = config;
    this.template = template;
    this.ports = ports;
    this.disk = disk;
    this.superuser = superuser;
    this.home = new AtomicDirectory(root.resolve(id.toString()));
    this.instance = new PostgresInstance(template.binaries(), home.path());
    this.start = new ClusterStart(id, home.path(), instance, ports, this::conf);
  }

  Observed observe() {
    if (!home.exists()) {
      return observeRemains();
    }
    instance.log().bound();
    Optional<Postmaster> postmaster = instance.postmaster();
    if (postmaster.isEmpty()) {
      return new Observed.Stopped();
    }
    return postmaster.get().ready()
        ? observeServing(postmaster.get())
        : new Observed.Unresponsive("PostgreSQL is starting or ending");
  }

  /** Makes what lacks, so that the cluster serves as it is desired. */
  void run(Desired desired, Progress progress) {
    boolean fresh = !home.exists();
    if (fresh) {
      create(progress);
    }
    try {
      serve(desired, fresh, progress);
    } catch (EngineException e) {
      if (fresh && e.permanent()) {
        remove(progress);
      }
      throw e;
    }
  }

  /** Ends the process cleanly. */
  void stop(Progress progress) {
    if (instance.postmaster().isPresent()) {
      progress.step("stopping PostgreSQL");
      instance.stop(Shutdown.FAST);
    }
  }

  /** Ends every process, without waiting for any of them. */
  void kill() {
    instance.kill();
  }

  /** Removes every piece. */
  void remove(Progress progress) {
    progress.step("removing the cluster");
    kill();
    Processes.killAll(home.deleting());
    home.remove();
    ports.release(id);
  }

  /** How to reach the running cluster for someone who waits. */
  Sessions sessions() {
    Postmaster postmaster =
        instance
            .postmaster()
            .orElseThrow(() -> EngineException.passing("The cluster is not running", null));
    requireOurs(postmaster);
    return sessions(postmaster, Timeouts.REQUEST);
  }

  private Sessions sessions(Postmaster postmaster, Timeouts timeouts) {
    return new Sessions(endpoint(postmaster), superuser, timeouts).kept(pool);
  }

  /**
   * Ends the process at once, which no session survives, and starts it again where it was. Needs no
   * session: sessions that do not end may have taken all connections.
   */
  void restart() {
    Postmaster running =
        instance
            .postmaster()
            .orElseThrow(() -> EngineException.passing("The cluster is not running", null));
    PostgresConf conf = conf(running.port(), PostgresConf.writtenResources(home.path()));
    instance.stop(Shutdown.IMMEDIATE);
    pool.close();
    if (instance.start(conf).isEmpty()) {
      throw ClusterStart.portTaken(running.port());
    }
  }

  private void requireOurs(Postmaster postmaster) {
    if (!ports.confirms(id, postmaster)) {
      throw ClusterStart.portTaken(postmaster.port());
    }
  }

  private Observed observeRemains() {
    if (Files.exists(home.partial())) {
      return new Observed.Partial("a copy of the template that was not finished", false);
    }
    if (Files.exists(home.deleting())) {
      return new Observed.Partial("a directory that was not removed completely", false);
    }
    return Processes.all().containsValue(home.path())
        ? new Observed.Partial("a process without its directory", false)
        : new Observed.Absent();
  }

  /** By a new session, as clients open them; only when there is room for none, by a kept one. */
  private Observed observeServing(Postmaster postmaster) {
    if (!ports.confirms(id, postmaster)) {
      return failed(ClusterStart.portTaken(postmaster.port()));
    }
    Sessions fresh = new Sessions(endpoint(postmaster), superuser, Timeouts.REQUEST);
    try {
      return fresh.maintain(session -> serving(postmaster, session));
    } catch (EngineException e) {
      return isFailure(e, SqlState.TOO_MANY_CONNECTIONS)
          ? observeByKept(postmaster, fresh.kept(pool))
          : failed(e);
    }
  }

  private Observed observeByKept(Postmaster postmaster, Sessions kept) {
    try {
      return kept.maintain(session -> serving(postmaster, session));
    } catch (EngineException e) {
      return failed(e);
    }
  }

  private static Observed failed(EngineException e) {
    return isFailure(e, SqlState.WRONG_PASSWORD)
        ? new Observed.Partial("the superuser does not have its own secret", true)
        : new Observed.Unresponsive(String.valueOf(e.getMessage()));
  }

  private static boolean isFailure(EngineException exception, SqlState state) {
    return exception.getCause() instanceof SQLException failure && state.isOf(failure);
  }

  private Observed serving(Postmaster postmaster, Session session) throws SQLException {
    return ClusterAccess.isSetUp(session)
        ? new Observed.Running(
            told(endpoint(postmaster)), LoadedSettings.resources(session), disk.limitation(id))
        : new Observed.Partial("a group role is missing or changed", true);
  }

  private void create(Progress progress) {
    template.prepare();
    remove(Progress.SILENT);
    progress.step("copying the template");
    String what = "Creating a cluster";
    DiskSpace.require(home.path(), what, template.bytes(), config.minimumFreeBytes());
    home.make(what, template.bytes(), template::copyTo);
  }

  private void serve(Desired desired, boolean fresh, Progress progress) {
    Resources wanted = desired.resources();
    Postmaster postmaster = start.run(desired, progress);
    template.prepare();
    Sessions sessions = sessions(postmaster, fresh ? Timeouts.BACKGROUND : Timeouts.REQUEST);
    Superuser.ensure(sessions, template.superuser(), fresh);
    Resources found = sessions.maintain(session -> setUp(session, sessions));
    PostgresConf conf = conf(postmaster.port(), wanted);
    LoadedSettings loaded = new LoadedSettings(sessions, home.path());
    if (!wanted.equals(found) || !loaded.are(conf)) {
      progress.step("setting the resources");
      loaded.replace(conf);
      loaded.endSessions(conf.clients());
    }
  }

  private static Resources setUp(Session session, Sessions sessions) throws SQLException {
    ClusterAccess.ensureRoles(session);
    sessions.prepareLooks(session);
    return LoadedSettings.resources(session);
  }

  /**
   * Lets clients do what they may do now, if the cluster runs; else its next start does.
   *
   * @return whether that is something else than before
   */
  boolean applyAccess() {
    Optional<Postmaster> running = instance.postmaster().filter(Postmaster::ready);
    return running.isPresent() && applyAccess(running.get());
  }

  private boolean applyAccess(Postmaster running) {
    try {
      LoadedSettings loaded = new LoadedSettings(sessions(), home.path());
      PostgresConf conf = conf(running.port(), PostgresConf.writtenResources(home.path()));
      boolean changes = !loaded.are(conf);
      if (changes) {
        loaded.replace(conf);
      }
      loaded.endSessions(conf.clients());
      return changes;
    } catch (EngineException e) {
      if (disk.accessOf(id) == ClientAccess.NONE && !e.hasYielded()) {
        instance.stop(Shutdown.IMMEDIATE); // it starts again, closed
      }
      throw e;
    }
  }

  private PostgresConf conf(int port, Resources resources) {
    return new PostgresConf(
        config.listenAddresses(), port, SHARED_BUFFERS_MEGABYTES, resources, disk.accessOf(id));
  }

  private Endpoint told(Endpoint endpoint) {
    return config.toldHost().isEmpty()
        ? endpoint
        : new Endpoint(config.toldHost(), endpoint.port());
  }

  /** As this machine reaches it. */
  private Endpoint endpoint(Postmaster postmaster) {
    return new Endpoint(Ports.reachable(config.listenAddresses()), postmaster.port());
  }
}
