package io.gatehouse.platform.edge;

import io.gatehouse.platform.access.Authenticator;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.secret.Secret;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Optional;

/** Finds out who asks, by the secret in the Authorization header. */
final class Authenticate implements Stage {
  private static final String SCHEME = "Bearer ";

  private final Authenticator authenticator;

  Authenticate(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  @Override
  public void apply(Exchange exchange) {
    exchange.authenticated(
        presented(exchange)
            .flatMap(authenticator::authenticate)
            .orElseThrow(
                () -> ErrorCode.UNAUTHENTICATED.with().header("WWW-Authenticate", "Bearer")));
  }

  /**
   * Of two that are presented neither counts: something on the way may have looked at the other.
   */
  private static Optional<Secret> presented(Exchange exchange) {
    List<String> values = exchange.request().headers().values(HeaderNames.AUTHORIZATION);
    return Optional.of(values)
        .filter(all -> all.size() == 1)
        .map(List::getFirst)
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> Secret.of(value.substring(SCHEME.length()).strip()));
  }
}
