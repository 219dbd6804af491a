package io.gatehouse.platform.edge;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.json.JsonStyle;
import io.gatehouse.platform.operation.Content;
import io.gatehouse.platform.protocol.Version;

/** Makes the content of the response, in the version that the caller speaks. */
final class Render implements Stage {
  private static final int NO_CONTENT = 204;

  @Override
  public void apply(Exchange exchange) {
    Object output = exchange.response().output();
    if (output instanceof Content content) {
      exchange.rendered(content);
    } else if (exchange.operation().status() != NO_CONTENT) {
      JsonStyle format = exchange.protocol().json();
      exchange.rendered(new Content.Bytes(format.mediaType(), json(exchange, format, output)));
    }
  }

  private static byte[] json(Exchange exchange, JsonStyle format, Object output) {
    Version version = exchange.version();
    if (version.isNewest()) {
      return format.write(output);
    }
    JsonNode newest = format.mapper().valueToTree(output);
    return format.write(version.downgrade(exchange.operation(), newest));
  }
}
