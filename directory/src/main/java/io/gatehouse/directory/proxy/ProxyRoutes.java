package io.gatehouse.directory.proxy;

import io.gatehouse.directory.ListLimit;
import io.gatehouse.directory.proxy.ProxyOperations.ListProxied;
import io.gatehouse.directory.proxy.ProxyOperations.ProxiedList;
import io.gatehouse.directory.proxy.ProxyService.Wanted;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
    Map<String, String> parameters = new TreeMap<>();
    put(parameters, "cluster_id", input.clusterId());
    put(parameters, "folder_id", input.folderId());
    Wanted wanted =
        new Wanted(
            input.resource(),
            input.integratedAccountId(),
            parameters,
            ListLimit.of(input.limit()),
            input.nextCursor());
    ProxyService.ProxiedPage page = service.list(call.tenant(), wanted);
    return new ProxiedList(page.items(), page.nextCursor(), null, page.items().size(), false);
  }

  private static void put(Map<String, String> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }
}
