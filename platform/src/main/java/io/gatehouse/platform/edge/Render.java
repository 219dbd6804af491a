package io.gatehouse.platform.edge;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.operation.Dialect;

/** Writes the answer in the version that the caller speaks. */
final class Render implements Stage {
  @Override
  public void apply(Exchange exchange) {
    Dialect.Version version = exchange.version();
    if (version.isNewest()) {
      exchange.rendered(Json.writeBytes(exchange.output()));
      return;
    }
    JsonNode newest = Json.MAPPER.valueToTree(exchange.output());
    exchange.rendered(Json.writeBytes(version.downgrade(exchange.operation(), newest)));
  }
}
