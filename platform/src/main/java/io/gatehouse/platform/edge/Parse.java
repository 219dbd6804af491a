package io.gatehouse.platform.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.protocol.Version;
import io.helidon.http.HeaderNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the operation's input record from path, query and body, and checks its constraints. */
final class Parse implements Stage {
  private final BodyReader bodies;
  private final Constraints constraints = new Constraints();

  Parse(BodyReader bodies) {
    this.bodies = bodies;
  }

  @Override
  public void apply(Exchange exchange) {
    Binding<?> binding = exchange.endpoint().binding();
    Map<String, List<String>> query = query(exchange);
    checkUnknown(exchange, query);
    byte[] body = binding.hasBody() ? body(exchange) : new byte[0];
    ObjectNode collected =
        binding.collect(body, query, headers(exchange, binding), exchange.pathValues());
    Object input = binding.convert(upgraded(exchange, collected));
    constraints.check(input, exchange.protocol().json());
    exchange.parsed(input);
  }

  private static ObjectNode upgraded(Exchange exchange, ObjectNode request) {
    Version version = exchange.version();
    if (version.isNewest()) {
      return request;
    }
    ObjectNode newest = version.upgrade(exchange.operation(), request);
    exchange.upgraded();
    return newest;
  }

  /** A parameter without a value counts as absent. */
  private static void checkUnknown(Exchange exchange, Map<String, List<String>> query) {
    query.forEach(
        (name, values) -> {
          boolean isAbsent = values.stream().allMatch(String::isEmpty);
          if (!isAbsent && !exchange.endpoint().binding().hasParameter(name)) {
            exchange.protocol().unknownParameters().accept(name);
          }
        });
  }

  private static Map<String, String> headers(Exchange exchange, Binding<?> binding) {
    Map<String, String> values = new HashMap<>();
    binding
        .headers()
        .forEach(
            (member, header) ->
                exchange
                    .request()
                    .headers()
                    .first(HeaderNames.create(header))
                    .ifPresent(value -> values.put(member, value)));
    return values;
  }

  private byte[] body(Exchange exchange) {
    if (exchange.request().content().hasEntity()) {
      exchange.waited();
    }
    try {
      return bodies.read(exchange.request());
    } catch (GatehouseException e) {
      exchange.bodyBroken();
      throw e;
    }
  }

  private static Map<String, List<String>> query(Exchange exchange) {
    var query = exchange.request().prologue().query();
    if (query.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> values = new HashMap<>();
    query.names().forEach(name -> values.put(name, query.all(name)));
    return values;
  }
}
