package io.gatehouse.directory.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.directory.ListLimit;
import io.gatehouse.directory.proxy.ProxyOperations.ListProxied;
import io.gatehouse.directory.proxy.ProxyOperations.ProxiedList;
import io.gatehouse.directory.proxy.ProxyService.ProxyQuery;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Carries out the operations of the proxy. */
public final class ProxyRoutes {
  private final ProxyService service;

  public ProxyRoutes(ProxyService service) {
    this.service = service;
  }

  public List<Route<?, ?>> routes() {
    return List.of(Route.of(ProxyOperations.LIST, this::list));
  }

  private ProxiedList list(Call call, ListProxied input) {
    Map<String, JsonNode> others = Objects.requireNonNullElse(input.trutoOthers(), Map.of());
    ProxyQuery wanted =
        new ProxyQuery(
            input.resource(),
            input.integratedAccountId(),
            forUpstream(others),
            ListLimit.ofData(input.limit()),
            input.nextCursor());
    ProxyService.ProxiedPage page = service.list(call.tenant(), wanted);
    return new ProxiedList(page.items(), page.nextCursor(), null, page.items().size(), false);
  }

  /** Our edge made objects of names with dots; here they are names again. */
  private static Map<String, String> forUpstream(Map<String, JsonNode> others) {
    Map<String, String> query = new TreeMap<>();
    others.forEach(
        (name, value) -> {
          query.put(name, value.asText());
          value
              .properties()
              .forEach(e -> query.put(name + "." + e.getKey(), e.getValue().asText()));
        });
    query.values().removeIf(String::isEmpty);
    return query;
  }
}
