package io.gatehouse.platform.access;

import io.gatehouse.platform.store.Tenant;
import java.util.Optional;

/** Whether a bearer of a secret is who the secret says. */
public sealed interface Authentication {
  /** It is. */
  record Proven(Principal principal) implements Authentication {}

  /**
   * It is not, or nobody is known by it. The caller must not learn which.
   *
   * @param claimed the organization of the credential that was named, for that organization's audit
   *     log; empty when no such credential is known
   */
  record Refused(Optional<Tenant> claimed) implements Authentication {}

  /** Nobody is known by it. */
  static Authentication unknown() {
    return new Refused(Optional.empty());
  }
}
