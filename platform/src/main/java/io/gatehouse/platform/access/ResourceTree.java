package io.gatehouse.platform.access;

import io.gatehouse.platform.store.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where folders and clusters stand. */
public interface ResourceTree {
  /**
   * The way from a folder or cluster up to the organization; empty when it is not this tenant's.
   */
  Optional<ResourcePath> path(Tenant tenant, ResourceType type, UUID id);

  /**
   * What someone held on a resource that is gone, but still says so. It counts for that resource
   * alone, on which nothing can be done any more.
   */
  default List<Grant> formerGrants(Principal principal, ResourceType type, UUID id) {
    return List.of();
  }
}
