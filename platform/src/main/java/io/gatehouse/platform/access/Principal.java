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
    UUID id, Kind kind, String name, String credential, Tenant tenant, List<Grant> grants) {

  /** What kind of someone this is. */
  public enum Kind {
    SERVICE_ACCOUNT,
    /** This program itself, acting on its own account. */
    SYSTEM
  }
}
