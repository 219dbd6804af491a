package io.gatehouse.platform.access;

import io.gatehouse.platform.store.Tenant;
import java.util.Optional;
import java.util.UUID;

/** Where folders and clusters stand. */
public interface ResourceTree {
  /**
   * The way from a folder or cluster up to the organization; empty when it is not this tenant's.
   */
  Optional<ResourcePath> path(Tenant tenant, ResourceType type, UUID id);
}
