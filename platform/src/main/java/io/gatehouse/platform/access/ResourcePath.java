package io.gatehouse.platform.access;

import io.gatehouse.platform.store.Tenant;
import java.util.List;

/** A resource and everything above it, the narrowest first, the organization last. */
public record ResourcePath(List<Scope> scopes) {
  public static ResourcePath organization(Tenant tenant) {
    return new ResourcePath(List.of(Scope.organization(tenant)));
  }

  boolean contains(Scope scope) {
    return scopes.contains(scope);
  }
}
