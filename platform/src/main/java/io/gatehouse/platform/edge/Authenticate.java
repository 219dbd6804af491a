package io.gatehouse.platform.edge;

import io.gatehouse.platform.access.Authentication;
import io.gatehouse.platform.access.Authenticator;
import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.protocol.Protocol;
import io.gatehouse.platform.protocol.Protocols;
import io.gatehouse.platform.secret.Secret;
import io.gatehouse.platform.store.Tenant;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Finds out who asks, by the credential that the request carries. So many at a time are looked up;
 * more of them wait, first come, first served, so that a flood of keys cannot take the store away
 * from those whose key is known already.
 */
final class Authenticate implements Stage {
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private final Semaphore lookups;
  private final IdentityHashMap<Authenticator, HeaderName> headers = new IdentityHashMap<>();

  Authenticate(Protocols protocols, int maxConcurrent) {
    this.lookups = new Semaphore(maxConcurrent, true);
    for (Protocol protocol : protocols.all()) {
      for (Authenticator authenticator : protocol.authenticators()) {
        headers.put(authenticator, HeaderNames.create(authenticator.scheme().header()));
      }
    }
  }

  @Override
  public void apply(Exchange exchange) {
    switch (authentication(exchange)) {
      case Authentication.Proven(Principal principal) -> exchange.authenticated(principal);
      case Authentication.Refused(Optional<Tenant> claimed) -> {
        exchange.claimed(claimed);
        throw ErrorCode.UNAUTHENTICATED
            .with()
            .header("WWW-Authenticate", challenges(exchange.protocol()));
      }
    }
  }

  private static String challenges(Protocol protocol) {
    return protocol.authenticators().stream()
        .map(authenticator -> authenticator.scheme().challenge())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** The first authenticator whose credential is presented decides. */
  private Authentication authentication(Exchange exchange) {
    for (Authenticator authenticator : exchange.protocol().authenticators()) {
      Optional<Secret> presented = presented(exchange, authenticator);
      if (presented.isPresent()) {
        return lookUp(authenticator, presented.get());
      }
    }
    return Authentication.unknown();
  }

  private Authentication lookUp(Authenticator authenticator, Secret presented) {
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

  private Optional<Secret> presented(Exchange exchange, Authenticator authenticator) {
    ServerRequestHeaders request = exchange.request().headers();
    HeaderName header = Objects.requireNonNull(headers.get(authenticator));
    return request.contains(header)
        ? authenticator.scheme().read(request.get(header).allValues())
        : Optional.empty();
  }
}
