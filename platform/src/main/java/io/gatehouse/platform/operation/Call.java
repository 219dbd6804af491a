package io.gatehouse.platform.operation;

import io.gatehouse.platform.access.Access;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.access.Visibility;
import io.gatehouse.platform.store.Tenant;

/**
 * One execution of an operation, as the rooms below the edge see it: who asks, from where, and the
 * id under which it can be traced.
 */
public record Call(
    Operation<?, ?> operation, Principal principal, String clientAddress, String traceId) {

  public Tenant tenant() {
    return principal.tenant();
  }

  /** On what the caller may do this. */
  public Visibility visible(Permission permission) {
    return Access.visible(principal, permission);
  }
}
