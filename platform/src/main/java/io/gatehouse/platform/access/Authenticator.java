package io.gatehouse.platform.access;

import io.gatehouse.platform.secret.Secret;

/** Knows who a bearer of a secret is. */
@FunctionalInterface
public interface Authenticator {
  /** Refused alike when the secret is unknown, revoked or malformed. */
  Authentication authenticate(Secret presented);
}
