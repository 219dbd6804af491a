package io.gatehouse.platform.edge;

import io.gatehouse.platform.access.Authentication;
import io.gatehouse.platform.access.Authenticator;
import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.secret.Secret;
import io.gatehouse.platform.store.Tenant;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Finds out who asks, by the secret in the Authorization header. So many at a time are looked up;
 * more of them wait, first come, first served, so that a flood of keys cannot take the store away
 * from those whose key is known already.
 */
final class Authenticate implements Stage {
  private static final String SCHEME = "Bearer ";

  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private final Authenticator authenticator;
  private final Semaphore lookups;

  Authenticate(Authenticator authenticator, int maxConcurrent) {
    this.authenticator = authenticator;
    this.lookups = new Semaphore(maxConcurrent, true);
  }

  @Override
  public void apply(Exchange exchange) {
    Authentication authentication =
        presented(exchange).map(this::lookUp).orElseGet(Authentication::unknown);
    switch (authentication) {
      case Authentication.Proven(Principal principal) -> exchange.authenticated(principal);
      case Authentication.Refused(Optional<Tenant> claimed) -> {
        exchange.claimed(claimed);
        throw ErrorCode.UNAUTHENTICATED.with().header("WWW-Authenticate", "Bearer");
      }
    }
  }

  private Authentication lookUp(Secret presented) {
    if (!hasTurn()) {
      throw ErrorCode.OVERLOADED.with();
    }
    try {
      return authenticator.authenticate(presented);
    } finally {
      lookups.release();
    }
  }

  private boolean hasTurn() {
    try {
      return lookups.tryAcquire(MAX_WAIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Of two that are presented neither counts: something on the way may have looked at the other.
   */
  private static Optional<Secret> presented(Exchange exchange) {
    ServerRequestHeaders headers = exchange.request().headers();
    if (!headers.contains(HeaderNames.AUTHORIZATION)) {
      return Optional.empty();
    }
    Header header = headers.get(HeaderNames.AUTHORIZATION);
    return Optional.of(header)
        .filter(presented -> presented.valueCount() == 1)
        .map(Header::get)
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> Secret.of(value.substring(SCHEME.length()).strip()));
  }
}
