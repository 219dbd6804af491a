package io.gatehouse.platform.access;

import io.gatehouse.platform.store.Tenant;
import java.util.List;
import java.util.UUID;

/**
 * Who is asking: someone of exactly one organization, with what was granted to them.
 *
 * @param credential the public part of what they identified themselves with
 */
public record Principal(
    UUID id, String name, String credential, Tenant tenant, List<Grant> grants) {

  /** The same principal with nothing but these grants. */
  public Principal holding(List<Grant> others) {
    return new Principal(id, name, credential, tenant, others);
  }
}
