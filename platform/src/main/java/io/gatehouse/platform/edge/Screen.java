package io.gatehouse.platform.edge;

/**
 * Refuses, before the body is read, what path and grants alone already forbid: who may not do it
 * anyhow cannot keep the server busy with a body. {@link Authorize} decides once all is known.
 */
final class Screen implements Stage {
  private final Authorize authorize;

  Screen(Authorize authorize) {
    this.authorize = authorize;
  }

  @Override
  public void apply(Exchange exchange) {
    Endpoint<?, ?> endpoint = exchange.endpoint();
    if (endpoint.binding().hasBody()) {
      authorize.require(exchange, endpoint.aimBeforeBody(exchange.pathValues()));
    }
  }
}
