package io.gatehouse.platform.access;

import io.gatehouse.platform.secret.Secret;

/** Knows the principals that present one kind of credential. */
public interface Authenticator {
  /** Where a request carries the credential. */
  default Scheme scheme() {
    return Scheme.BEARER;
  }

  /** Refused alike when the credential is unknown, revoked or malformed. */
  Authentication authenticate(Secret presented);
}
