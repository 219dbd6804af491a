package io.gatehouse.platform.access;

import io.gatehouse.platform.store.Tenant;
import java.util.UUID;

/** A resource that a role is granted on; everything below it is included. */
public record Scope(ResourceType type, UUID id) {
  public static Scope organization(Tenant tenant) {
    return new Scope(ResourceType.ORGANIZATION, tenant.organization());
  }

  public static Scope folder(UUID id) {
    return new Scope(ResourceType.FOLDER, id);
  }

  public static Scope cluster(UUID id) {
    return new Scope(ResourceType.CLUSTER, id);
  }
}
