package io.gatehouse.platform.access;

import io.gatehouse.platform.store.Tenant;
import java.util.List;
import java.util.stream.Stream;

/** A resource and everything above it, the narrowest first, the organization last. */
public record ResourcePath(List<Scope> scopes) {
  public static ResourcePath organization(Tenant tenant) {
    return new ResourcePath(List.of(Scope.organization(tenant)));
  }

  /** The way up from what stands directly below. */
  public ResourcePath below(Scope scope) {
    return new ResourcePath(Stream.concat(Stream.of(scope), scopes.stream()).toList());
  }

  boolean contains(Scope scope) {
    return scopes.contains(scope);
  }
}
