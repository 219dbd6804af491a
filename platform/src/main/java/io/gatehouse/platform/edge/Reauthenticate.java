package io.gatehouse.platform.edge;

/**
 * Makes sure, once a request has waited for its turn or its body, that its caller still is who it
 * was: a key that was revoked meanwhile is refused, and grants count as they are now.
 */
final class Reauthenticate implements Stage {
  private final Authenticate authenticate;

  Reauthenticate(Authenticate authenticate) {
    this.authenticate = authenticate;
  }

  @Override
  public void apply(Exchange exchange) {
    if (exchange.hasWaited()) {
      authenticate.apply(exchange);
    }
  }
}
