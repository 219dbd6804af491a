package io.gatehouse.platform.edge;

/**
 * One step on the way of a request. It takes what the steps before it learned from the exchange and
 * adds what it learns, or throws and so ends the way.
 */
interface Stage {
  void apply(Exchange exchange);
}
