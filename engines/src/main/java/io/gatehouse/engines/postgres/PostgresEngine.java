package io.gatehouse.engines.postgres;

import io.gatehouse.engines.Capabilities;
import io.gatehouse.engines.ClusterEngine;
import io.gatehouse.engines.ClusterSecrets;
import io.gatehouse.engines.Desired;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.Observed;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.SqlAdmin;
import io.gatehouse.engines.postgres.access.ClusterAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries each cluster as a PostgreSQL of its own: the data lies in {@code <directory>/<id>}, the
 * process runs there and belongs to no one but itself.
 *
 * <p>Creating copies the template, brings the copy to the disk, starts it and gives its superuser
 * the cluster's secret; a cluster that was once observed as running survives a loss of power.
 * Virtual CPUs are the parallel workers that its queries may use together.
 */
public final class PostgresEngine implements ClusterEngine {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresEngine.class);
  private static final int STOPPED_AT_ONCE = 8;
  private static final Duration MAX_UPDATE_WAIT = Duration.ofSeconds(3);
  private static final Capabilities CAPABILITIES =
      new Capabilities(true, true, false, false, false, false, false);

  private final PostgresConfig config;
  private final PostgresTemplate template;
  private final ClusterSecrets secrets;
  private final Path root;
  private final Ports ports;
  private final DiskGuard disk;
  private final InstantSource clock;
  private final AccessUpdates updates;
  private final ConcurrentHashMap<UUID, Turn> turns = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<UUID, ClusterAccess> access = new ConcurrentHashMap<>();

  /**
   * Takes over what is in the directory of the configuration, running or not.
   *
   * @param clock tells how long a removal of a user has taken
   */
  public PostgresEngine(
      PostgresConfig config,
      PostgresTemplate template,
      ClusterSecrets secrets,
      InstantSource clock) {
    this.clock = clock;
    this.config = config;
    this.template = template;
    this.secrets = secrets;
    this.root = FileTrees.realDirectory(config.directory());
    this.ports = new Ports(config.listenAddresses(), config.firstPort(), config.lastPort());
    Set<UUID> found = directories();
    this.disk = guard(config, root, found);
    this.updates = new AccessUpdates(found, disk::accessOf, this::applyAccess, MAX_UPDATE_WAIT);
    for (UUID id : found) {
      PostgresConf.keptPort(root.resolve(id.toString())).ifPresent(p -> ports.keep(id, p));
    }
    var _ = ports.warnIfEphemeral();
  }

  /** Goes on from what an earlier server restricted, which stands in the settings of clusters. */
  private static DiskGuard guard(PostgresConfig config, Path root, Set<UUID> clusters) {
    return new DiskGuard(
        config.diskLimits(),
        () -> DiskSpace.free(root),
        id -> FileTrees.bytesNow(root.resolve(id.toString())),
        new DiskBaseline(root.resolveSibling(root.getFileName() + ".sizes")),
        clusters.stream()
            .collect(
                Collectors.toMap(
                    id -> id, id -> PostgresConf.writtenAccess(root.resolve(id.toString())))),
        System::nanoTime);
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Observed observe(UUID clusterId) {
    return cluster(clusterId).observe();
  }

  @Override
  public void converge(UUID clusterId, Desired desired, Progress progress) {
    Turn turn = turn(clusterId);
    PostgresCluster cluster = cluster(clusterId);
    long generation = desired.generation();
    switch (desired.presence()) {
      case RUNNING -> turn.work(generation, () -> cluster.run(desired, progress));
      case STOPPED -> turn.work(generation, () -> stop(clusterId, progress));
      case ABSENT -> {
        turn.remove(generation, cluster::kill, () -> cluster.remove(progress));
        accessTo(clusterId).close();
        access.remove(clusterId);
      }
    }
  }

  private Turn turn(UUID id) {
    return turns.computeIfAbsent(id, _ -> new Turn());
  }

  @Override
  public SqlAdmin sql(UUID clusterId) {
    return new PostgresSqlAdmin(
        () -> cluster(clusterId).sessions(), accessTo(clusterId), () -> restart(clusterId));
  }

  private ClusterAccess accessTo(UUID clusterId) {
    return access.computeIfAbsent(clusterId, _ -> new ClusterAccess(clock));
  }

  /** Ends every session of a cluster, whatever it is busy with. */
  private void restart(UUID clusterId) {
    turn(clusterId).work(() -> cluster(clusterId).restart());
  }

  private void stop(UUID clusterId, Progress progress) {
    accessTo(clusterId).close();
    cluster(clusterId).stop(progress);
  }

  @Override
  public Set<UUID> present() {
    Stream<UUID> processes =
        Processes.all().values().stream()
            .filter(path -> root.equals(path.getParent()))
            .flatMap(path -> idOf(path).stream());
    return Stream.concat(directories().stream(), processes).collect(Collectors.toSet());
  }

  @Override
  public void stopAll() {
    long failed =
        directories().stream()
            .gather(Gatherers.mapConcurrent(STOPPED_AT_ONCE, this::isStopped))
            .filter(stopped -> !stopped)
            .count();
    if (failed > 0) {
      LOG.warn("{} clusters could not be stopped and keep running", failed);
    }
  }

  /**
   * Keeps clusters from filling the disk that they share; called again and again.
   *
   * @return the clusters whose clients may do more or less than before
   */
  public Set<UUID> guardDisk() {
    Set<UUID> present = directories();
    disk.look(present);
    return updates.run(present);
  }

  /** Whether less of the disk is free than there should be. */
  public boolean isDiskShort() {
    return disk.isShort();
  }

  private Optional<Boolean> applyAccess(UUID id) {
    ClientAccess access = disk.accessOf(id);
    AtomicBoolean changed = new AtomicBoolean();
    try {
      turn(id).work(() -> changed.set(cluster(id).applyAccess()));
    } catch (EngineException e) {
      if (!e.hasYielded()) {
        LOG.warn("Access {} to cluster {} is not applied yet", access, id, e);
      }
      return Optional.empty();
    }
    if (changed.get()) {
      LOG.warn("Clients of cluster {} have access {} because of the free disk", id, access);
    }
    return Optional.of(changed.get());
  }

  private boolean isStopped(UUID id) {
    try {
      turn(id).work(() -> stop(id, Progress.SILENT));
      return true;
    } catch (EngineException e) {
      LOG.warn("Cluster {} could not be stopped", id, e);
      return false;
    }
  }

  private PostgresCluster cluster(UUID id) {
    return new PostgresCluster(
        id, root, config, template, ports, disk, secrets.superuser(id), accessTo(id).pool());
  }

  private Set<UUID> directories() {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.flatMap(path -> idOf(path).stream()).collect(Collectors.toSet());
    } catch (IOException e) {
      throw EngineException.passing("The directory of the clusters cannot be read: " + e, e);
    }
  }

  /** The cluster to which a directory here belongs, whole, half-made or half-removed. */
  private static Optional<UUID> idOf(Path path) {
    String name = path.getFileName().toString();
    String id = name.replace(AtomicDirectory.PARTIAL, "").replace(AtomicDirectory.DELETING, "");
    try {
      return Optional.of(UUID.fromString(id)).filter(uuid -> uuid.toString().equals(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
