package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of one data directory: found, started, ended. It is nobody's child in any way that
 * matters, so it outlives this process and is found again by the next.
 */
final class PostgresInstance {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresInstance.class);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final long START_BYTES = 2L << 20;

  /** Ways to end a PostgreSQL, the gentlest first; each has its time before the next is taken. */
  enum Shutdown {
    /** Ends sessions, writes everything to the disk. */
    FAST("INT", 60),
    /** Ends without writing; the next start recovers. */
    IMMEDIATE("QUIT", 10);

    private final String signal;
    private final Duration timeout;

    Shutdown(String signal, int timeoutSeconds) {
      this.signal = signal;
      this.timeout = Duration.ofSeconds(timeoutSeconds);
    }
  }

  private final PostgresBinaries binaries;
  private final Path dataDirectory;
  private final LogFile log;
  private final DataFiles files;

  /** Takes the real path of a data directory, as the machine tells it of processes. */
  PostgresInstance(PostgresBinaries binaries, Path dataDirectory) {
    this.binaries = binaries;
    this.dataDirectory = dataDirectory;
    this.log = LogFile.in(dataDirectory);
    this.files = new DataFiles(dataDirectory);
  }

  Optional<Postmaster> postmaster() {
    return Postmaster.of(dataDirectory);
  }

  LogFile log() {
    return log;
  }

  /**
   * Starts unless it runs, and returns when it accepts sessions.
   *
   * @return empty if something else has the port of the settings
   */
  Optional<Postmaster> start(PostgresConf conf) {
    if (find().isPresent()) {
      awaitReady(0, () -> postmaster().isEmpty());
    } else if (!startAnew(conf)) {
      return Optional.empty();
    }
    return Optional.of(
        postmaster().orElseThrow(() -> EngineException.passing("PostgreSQL ended", null)));
  }

  /** Ends the process, gently first, and returns when it is gone. Does nothing if none runs. */
  void stop(Shutdown gentlest) {
    for (Shutdown way : Shutdown.values()) {
      if (way.compareTo(gentlest) >= 0) {
        postmaster().ifPresent(postmaster -> end(postmaster, way));
      }
    }
    if (postmaster().isPresent()) {
      LOG.warn("PostgreSQL in {} does not end by itself, it is killed", dataDirectory);
      Processes.killAll(dataDirectory);
    }
  }

  /** Ends every process at once, in whatever state it is; for data that nobody needs any more. */
  void kill() {
    Optional<SharedMemory> segment = SharedMemory.of(dataDirectory);
    Processes.killAll(dataDirectory);
    segment.ifPresent(SharedMemory::remove);
  }

  private void end(Postmaster postmaster, Shutdown way) {
    String pid = Long.toString(postmaster.pid());
    Host.run(binaries.program("pg_ctl"), "kill", way.signal, pid);
    Await.until(way.timeout, () -> !Processes.serves(postmaster.pid(), dataDirectory));
  }

  /** The process that runs; if there is none, what a crash left of one is cleared away. */
  Optional<Postmaster> find() {
    files.open();
    Optional<Postmaster> running = postmaster();
    if (running.isEmpty()) {
      clearAway();
    }
    return running;
  }

  private boolean startAnew(PostgresConf conf) {
    files.repairAll();
    log.bound();
    conf.writeTo(dataDirectory);
    return started();
  }

  /** What a crash left: processes without their postmaster, and its lock file. */
  private void clearAway() {
    Processes.killAll(dataDirectory);
    try {
      FileTrees.delete(Postmaster.lockFile(dataDirectory));
    } catch (IOException e) {
      throw EngineException.passing("The lock file of PostgreSQL cannot be removed: " + e, e);
    }
  }

  /** False if the port is taken. What a killed server began to start at this moment is as good. */
  private boolean started() {
    long before = log.size();
    Process process =
        Host.spawn(log.path(), binaries.program("postgres"), "-D", dataDirectory.toString());
    awaitReady(before, () -> !process.isAlive());
    if (postmaster().isPresent()) {
      awaitReady(before, () -> postmaster().isEmpty());
      return true;
    }
    String told = log.since(before);
    if (told.contains("could not create any TCP/IP sockets")) {
      return false;
    }
    LOG.warn("PostgreSQL in {} does not start: {}", dataDirectory, told.strip());
    String reason = "PostgreSQL does not start: " + ServerLog.reason(told, dataDirectory);
    EngineException failure = EngineException.passing(reason, null);
    throw DiskSpace.failure(dataDirectory, "Starting a cluster", START_BYTES, failure);
  }

  private void awaitReady(long logPosition, BooleanSupplier ended) {
    boolean settled =
        Await.until(
            START_TIMEOUT,
            () -> ended.getAsBoolean() || postmaster().filter(Postmaster::ready).isPresent());
    if (!settled) {
      String told = ServerLog.reason(log.since(logPosition), dataDirectory);
      throw EngineException.passing("PostgreSQL is still starting: " + told, null);
    }
  }
}
