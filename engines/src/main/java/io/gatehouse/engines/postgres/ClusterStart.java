package io.gatehouse.engines.postgres;

import io.gatehouse.engines.Desired;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import io.gatehouse.engines.postgres.PostgresInstance.Shutdown;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BiFunction;

/** How the process of a cluster comes to run, and on which port. */
final class ClusterStart {
  private static final int MAX_PORTS_TRIED = 20;
  private static final String WAITS = "; the cluster starts when it is free";

  private final UUID id;
  private final Path home;
  private final PostgresInstance instance;
  private final Ports ports;
  private final BiFunction<Integer, Resources, PostgresConf> conf;

  /**
   * @param conf the settings for a port and resources
   */
  ClusterStart(
      UUID id,
      Path home,
      PostgresInstance instance,
      Ports ports,
      BiFunction<Integer, Resources, PostgresConf> conf) {
    this.id = id;
    this.home = home;
    this.instance = instance;
    this.ports = ports;
    this.conf = conf;
  }

  /** Adopts the process that runs, or starts one. */
  Postmaster run(Desired desired, Progress progress) {
    Optional<Postmaster> running = instance.find();
    if (running.isPresent()) {
      ports.keep(id, running.get().port());
      Optional<Postmaster> adopted = startOn(running.get().port(), desired);
      if (adopted.isPresent()) {
        return adopted.get();
      }
    }
    progress.step("starting PostgreSQL");
    Postmaster started = startAnew(desired);
    progress.step("setting up the superuser");
    return started;
  }

  /** A port that clients know stays the cluster's, whatever else listens there at the moment. */
  private Postmaster startAnew(Desired desired) {
    OptionalInt written = PostgresConf.keptPort(home);
    OptionalInt port = written.isPresent() ? written : desired.port();
    if (desired.port().isPresent()) {
      return startAt(port.getAsInt(), desired);
    }
    if (port.isPresent()) {
      ports.keep(id, port.getAsInt());
    }
    boolean free = port.isPresent() && ports.obstacle(port.getAsInt()).isEmpty();
    int next = free ? port.getAsInt() : ports.choose(id);
    for (int tried = 0; tried < MAX_PORTS_TRIED; tried++) {
      Optional<Postmaster> started = startOn(next, desired);
      if (started.isPresent()) {
        return started.get();
      }
      next = ports.choose(id);
    }
    throw EngineException.passing("PostgreSQL finds no free port", null);
  }

  private Postmaster startAt(int port, Desired desired) {
    ports.keep(id, port);
    Optional<String> obstacle = ports.obstacle(port);
    if (obstacle.isPresent()) {
      throw EngineException.passing(obstacle.get() + WAITS, null);
    }
    return startOn(port, desired).orElseThrow(() -> portTaken(port));
  }

  /** Empty if something else has the port, or that of the address by which it is reached. */
  private Optional<Postmaster> startOn(int port, Desired desired) {
    Optional<Postmaster> started = instance.start(conf.apply(port, desired.resources()));
    if (started.isPresent() && !ports.confirms(id, started.get())) {
      instance.stop(Shutdown.FAST);
      return Optional.empty();
    }
    return started;
  }

  /** What a cluster whose port something else has waits for. */
  static EngineException portTaken(int port) {
    return EngineException.passing("Port " + port + " is used by another program" + WAITS, null);
  }
}
