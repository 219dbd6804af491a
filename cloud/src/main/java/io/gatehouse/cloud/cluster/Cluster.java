package io.gatehouse.cloud.cluster;

import io.gatehouse.cloud.region.CloudProvider;
import io.gatehouse.engines.Endpoint;
import io.gatehouse.platform.store.Tenant;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A cluster: what it is for good, where it stands, what is wanted of it, and what was last seen of
 * it.
 *
 * @param host the server on whose machine it runs
 * @param version moves with every write of the row
 */
public record Cluster(
    UUID id,
    Tenant tenant,
    String name,
    CloudProvider provider,
    String cockroachVersion,
    UUID creatorId,
    UUID host,
    Placement placement,
    Goal goal,
    Condition condition,
    Instant createdAt,
    Instant updatedAt,
    long version) {

  /**
   * What no engine needs to know.
   *
   * @param parentId the folder it stands in, or the organization
   */
  public record Placement(UUID parentId, Map<String, String> labels, boolean deleteProtection) {}

  /**
   * What is wanted.
   *
   * @param generation moves with each change of it; late actors are known by an older one
   */
  public record Goal(Wanted wanted, ClusterSpec spec, long generation) {
    Goal next(Wanted wanted, ClusterSpec spec) {
      return new Goal(wanted, spec, generation + 1);
    }
  }

  /** Whether a cluster is to be there. */
  public enum Wanted {
    PRESENT,
    ABSENT
  }

  /**
   * What was seen.
   *
   * @param settledGeneration the generation of the goal that was last seen to be real
   * @param failure why it could not be made, or why it cannot serve for as long as nobody helps
   * @param endpoint where SQL is served, once it has been
   */
  public record Condition(
      ClusterState state,
      long settledGeneration,
      Optional<String> failure,
      Optional<Endpoint> endpoint,
      Optional<Instant> deletedAt) {

    static Condition creating() {
      return new Condition(
          ClusterState.CREATING, 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    Condition in(ClusterState state) {
      return new Condition(state, settledGeneration, failure, endpoint, deletedAt);
    }
  }

  public UUID parentId() {
    return placement.parentId();
  }

  public ClusterSpec spec() {
    return goal.spec();
  }

  public ClusterState state() {
    return condition.state();
  }

  public Optional<Endpoint> endpoint() {
    return condition.endpoint();
  }

  /** Whether what is wanted was seen to be real. */
  public boolean isSettled() {
    return condition.settledGeneration() == goal.generation();
  }

  /** The name under which connections are routed to it: the name and four digits of its own. */
  public String routingId() {
    return name + "-" + (1000 + Math.floorMod(id.hashCode(), 9000));
  }

  /** The same cluster in another place, with other labels, or protected. */
  Cluster placed(Placement next) {
    return with(next, goal, condition);
  }

  /** Something that the engine has to make real is wanted differently; it is locked until then. */
  Cluster changed(ClusterSpec spec) {
    return with(placement, goal.next(Wanted.PRESENT, spec), condition.in(ClusterState.LOCKED));
  }

  /** It is not wanted any more. */
  Cluster deleted(Instant at) {
    Condition deleted =
        new Condition(
            ClusterState.DELETED,
            condition.settledGeneration(),
            Optional.empty(),
            condition.endpoint(),
            Optional.of(at));
    return with(placement, goal.next(Wanted.ABSENT, spec()), deleted);
  }

  /** It could not be made, and what there is of it is to go. */
  Cluster failed(String reason) {
    Condition failed =
        new Condition(
            ClusterState.CREATION_FAILED,
            condition.settledGeneration(),
            Optional.of(reason),
            Optional.empty(),
            Optional.empty());
    return with(placement, goal.next(Wanted.ABSENT, spec()), failed);
  }

  /** It was there and cannot serve any more; it is no longer locked, so that it can be deleted. */
  Cluster broken(String reason) {
    Condition broken =
        new Condition(
            ClusterState.CREATED,
            condition.settledGeneration(),
            Optional.of(reason),
            condition.endpoint(),
            Optional.empty());
    return with(placement, goal, broken);
  }

  /** It does not do what is wanted of it, for this reason. */
  Cluster because(String reason) {
    return with(
        placement,
        goal,
        new Condition(
            condition.state(),
            condition.settledGeneration(),
            Optional.of(reason),
            condition.endpoint(),
            condition.deletedAt()));
  }

  /** It was seen to serve as it is wanted. */
  Cluster serving(Endpoint endpoint) {
    return serving(endpoint, Optional.empty());
  }

  /** The same, though its clients may not do everything at the moment. */
  Cluster serving(Endpoint endpoint, Optional<String> limitation) {
    return with(
        placement,
        goal,
        new Condition(
            ClusterState.CREATED,
            goal.generation(),
            limitation,
            Optional.of(endpoint),
            Optional.empty()));
  }

  /** It was seen to be gone; only why it could not be made is still worth knowing. */
  Cluster gone() {
    return with(
        placement,
        goal,
        new Condition(
            condition.state(),
            goal.generation(),
            condition.failure().filter(_ -> state() == ClusterState.CREATION_FAILED),
            Optional.empty(),
            condition.deletedAt()));
  }

  private Cluster with(Placement placement, Goal goal, Condition condition) {
    return new Cluster(
        id,
        tenant,
        name,
        provider,
        cockroachVersion,
        creatorId,
        host,
        placement,
        goal,
        condition,
        createdAt,
        updatedAt,
        version);
  }
}
