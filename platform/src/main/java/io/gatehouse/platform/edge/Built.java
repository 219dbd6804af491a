package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.ErrorCode;

/** Refuses operations that their API has but that are not built here. */
final class Built implements Stage {
  @Override
  public void apply(Exchange exchange) {
    String operation = exchange.notBuilt();
    if (operation != null) {
      throw ErrorCode.NOT_IMPLEMENTED.with("operation", operation);
    }
  }
}
