package io.gatehouse.platform.access;

import io.gatehouse.platform.secret.Secret;
import java.util.Optional;

/** Knows who a bearer of a secret is. */
public interface Authenticator {
  /**
   * The principal; empty when the secret is unknown, revoked or malformed, without a difference.
   */
  Optional<Principal> authenticate(Secret presented);
}
