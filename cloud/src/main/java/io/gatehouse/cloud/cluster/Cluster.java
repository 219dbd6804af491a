package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.region.CloudProvider;
import io.gatehouse.engines.Endpoint;
import io.gatehouse.platform.store.Tenant;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A cluster: what is wanted of it, and what was last seen of it.
 *
 * @param parentId the folder it stands in, or the organization
 * @param host the server on whose machine it runs
 * @param wanted whether it is to be there
 * @param generation moves with each change of what is wanted; late actors are known by an older one
 * @param settledGeneration the generation that was last seen to be real
 * @param failure why it could not be made
 * @param endpoint where SQL is served, once it has been
 */
public record Cluster(
    UUID id,
    Tenant tenant,
    UUID parentId,
    String name,
    CloudProvider provider,
    String cockroachVersion,
    UUID creatorId,
    ClusterSpec spec,
    Map<String, String> labels,
    boolean deleteProtection,
    UUID host,
    Wanted wanted,
    long generation,
    long settledGeneration,
    ClusterState state,
    Optional<String> failure,
    Optional<Endpoint> endpoint,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> deletedAt,
    long version) {

  /** Whether a cluster is to be there. */
  public enum Wanted {
    PRESENT,
    ABSENT
  }

  /** Whether what is wanted was seen to be real. */
  public boolean isSettled() {
    return settledGeneration == generation;
  }

  /** The name under which connections are routed to it: the name and four digits of its own. */
  public String routingId() {
    return name + "-" + (1000 + Math.floorMod(id.hashCode(), 9000));
  }

  /**
   * The same cluster in another place, with other labels, or protected: no engine needs to know.
   */
  Cluster placed(UUID parentId, Map<String, String> labels, boolean deleteProtection) {
    return copy(
        parentId,
        labels,
        deleteProtection,
        spec,
        wanted,
        generation,
        settledGeneration,
        state,
        failure,
        endpoint,
        deletedAt);
  }

  /** Something that the engine has to make real is wanted differently; it is locked until then. */
  Cluster changed(ClusterSpec spec) {
    return copy(
        parentId,
        labels,
        deleteProtection,
        spec,
        wanted,
        generation + 1,
        settledGeneration,
        ClusterState.LOCKED,
        failure,
        endpoint,
        deletedAt);
  }

  /** It is not wanted any more. */
  Cluster deleted(Instant at) {
    return copy(
        parentId,
        labels,
        deleteProtection,
        spec,
        Wanted.ABSENT,
        generation + 1,
        settledGeneration,
        ClusterState.DELETED,
        failure,
        endpoint,
        Optional.of(at));
  }

  /** It could not be made, and what there is of it is to go. */
  Cluster failed(String reason) {
    return copy(
        parentId,
        labels,
        deleteProtection,
        spec,
        Wanted.ABSENT,
        generation + 1,
        settledGeneration,
        ClusterState.CREATION_FAILED,
        Optional.of(reason),
        Optional.empty(),
        deletedAt);
  }

  /** What is wanted was seen to be real. */
  Cluster settled(long generation, ClusterState state, Optional<Endpoint> endpoint) {
    return copy(
        parentId,
        labels,
        deleteProtection,
        spec,
        wanted,
        this.generation,
        generation,
        state,
        failure,
        endpoint,
        deletedAt);
  }

  private Cluster copy(
      UUID parentId,
      Map<String, String> labels,
      boolean deleteProtection,
      ClusterSpec spec,
      Wanted wanted,
      long generation,
      long settledGeneration,
      ClusterState state,
      Optional<String> failure,
      Optional<Endpoint> endpoint,
      Optional<Instant> deletedAt) {
    return new Cluster(
        id,
        tenant,
        parentId,
        name,
        provider,
        cockroachVersion,
        creatorId,
        spec,
        labels,
        deleteProtection,
        host,
        wanted,
        generation,
        settledGeneration,
        state,
        failure,
        endpoint,
        createdAt,
        updatedAt,
        deletedAt,
        version);
  }
}
