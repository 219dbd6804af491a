package io.gatehouse.platform.edge;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.json.JsonStyle;
import io.gatehouse.platform.operation.Content;
import io.gatehouse.platform.operation.Response;
import io.gatehouse.platform.protocol.Version;

/** Makes the content of the response, in the version that the caller speaks. */
final class Render implements Stage {
  private static final int NO_CONTENT = 204;

  @Override
  public void apply(Exchange exchange) {
    Response<?> response = exchange.response();
    if (response.output() instanceof Content content) {
      exchange.rendered(content);
    } else if (exchange.operation().status() != NO_CONTENT) {
      exchange.rendered(
          response.content(exchange.version(), () -> json(exchange, response.output())));
    }
  }

  private static Content json(Exchange exchange, Object output) {
    JsonStyle format = exchange.protocol().json();
    Version version = exchange.version();
    Object shown =
        version.isNewest()
            ? output
            : version.downgrade(
                exchange.operation(), format.mapper().<JsonNode>valueToTree(output));
    return new Content.Bytes(format.mediaType(), format.write(shown));
  }
}
