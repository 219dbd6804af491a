package io.gatehouse.platform.edge;

/** Has the operation's handler do the work. */
final class Execute implements Stage {
  @Override
  public void apply(Exchange exchange) {
    exchange.executed(exchange.endpoint().execute(exchange.call(), exchange.input()));
  }
}
