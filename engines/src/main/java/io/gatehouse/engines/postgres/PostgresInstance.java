package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of one data directory: found, started, ended. It is nobody's child in any way that
 * matters, so it outlives this process and is found again by the next.
 */
final class PostgresInstance {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresInstance.class);
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_PORTS_TRIED = 20;
  private static final long START_BYTES = 2L << 20;

  /** Ways to end a PostgreSQL, the gentlest first; each has its time before the next is taken. */
  enum Shutdown {
    /** Ends sessions, writes everything to the disk. */
    FAST("INT", 60),
    /** Ends without writing; the next start recovers. */
    IMMEDIATE("QUIT", 10);

    private final String signal;
    private final Duration patience;

    Shutdown(String signal, int patienceSeconds) {
      this.signal = signal;
      this.patience = Duration.ofSeconds(patienceSeconds);
    }
  }

  private final PostgresBinaries binaries;
  private final Path dataDirectory;
  private final LogFile log;

  /** Takes the real path of a data directory, as the machine tells it of processes. */
  PostgresInstance(PostgresBinaries binaries, Path dataDirectory) {
    this.binaries = binaries;
    this.dataDirectory = dataDirectory;
    this.log = LogFile.in(dataDirectory);
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
   * @param otherPort gives the next port to try when the one of the settings is taken
   */
  Postmaster start(PostgresConf conf, IntSupplier otherPort) {
    if (postmaster().isPresent()) {
      awaitReady(0, () -> postmaster().isEmpty());
    } else {
      startAnew(conf, otherPort);
    }
    return postmaster().orElseThrow(() -> EngineException.passing("PostgreSQL ended", null));
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

  private void end(Postmaster postmaster, Shutdown way) {
    String pid = Long.toString(postmaster.pid());
    Host.run(binaries.program("pg_ctl"), "kill", way.signal, pid);
    Await.until(way.patience, () -> !Processes.serves(postmaster.pid(), dataDirectory));
  }

  private void startAnew(PostgresConf conf, IntSupplier otherPort) {
    clearAway();
    log.bound();
    for (int tried = 0; tried < MOST_PORTS_TRIED; tried++) {
      conf.writeTo(dataDirectory);
      if (started()) {
        return;
      }
      conf = conf.withPort(otherPort.getAsInt());
      LOG.warn("A port was taken just now, PostgreSQL in {} tries another", dataDirectory);
    }
    throw EngineException.passing("PostgreSQL finds no free port", null);
  }

  /** What a crash left: processes without their postmaster, and its lock file. */
  private void clearAway() {
    Path lockFile = Postmaster.lockFile(dataDirectory);
    if (Files.exists(lockFile)) {
      Processes.killAll(dataDirectory);
      Trees.deleteFile(lockFile);
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
    String told = log.since(before).strip();
    if (told.contains("could not create any TCP/IP sockets")) {
      return false;
    }
    EngineException failure = EngineException.passing("PostgreSQL does not start: " + told, null);
    throw DiskSpace.failure(dataDirectory, "Starting a cluster", START_BYTES, failure);
  }

  private void awaitReady(long logPosition, BooleanSupplier ended) {
    boolean settled =
        Await.until(
            START_PATIENCE,
            () -> ended.getAsBoolean() || postmaster().filter(Postmaster::ready).isPresent());
    if (!settled) {
      throw EngineException.passing(
          "PostgreSQL is still starting: " + log.since(logPosition).strip(), null);
    }
  }
}
