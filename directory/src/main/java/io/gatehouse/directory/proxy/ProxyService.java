package io.gatehouse.directory.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.directory.CallersText;
import io.gatehouse.directory.Cursor;
import io.gatehouse.directory.account.LinkedAccounts;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.connector.UpstreamResource;
import io.gatehouse.directory.gateway.ResourcePages;
import io.gatehouse.directory.gateway.ResourcePages.PageRequest;
import io.gatehouse.directory.gateway.ResourcePages.Reading;
import io.gatehouse.directory.gateway.UpstreamAccount;
import io.gatehouse.platform.config.Suggestions;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.store.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The use cases of the proxy: a page here is a page of the upstream. */
public final class ProxyService {
  private final LinkedAccounts accounts;
  private final ResourcePages pages;

  public ProxyService(LinkedAccounts accounts, ResourcePages pages) {
    this.accounts = accounts;
    this.pages = pages;
  }

  /** What is to be listed; {@code query} fills the upstream's path, and goes to it otherwise. */
  public record ProxyQuery(
      String resource,
      UUID accountId,
      Map<String, String> query,
      int limit,
      @Nullable String cursor) {}

  /** A page, its items as the upstream has them. */
  public record ProxiedPage(List<JsonNode> items, @Nullable String nextCursor) {}

  public ProxiedPage list(Tenant tenant, ProxyQuery wanted) {
    UpstreamAccount account = accounts.require(tenant, wanted.accountId());
    UpstreamResource resource = resource(account.connector(), wanted.resource());
    Map<String, String> parameters = new TreeMap<>(wanted.query());
    parameters.keySet().retainAll(resource.path().parameters());
    Map<String, String> query = new TreeMap<>(wanted.query());
    query.keySet().removeAll(parameters.keySet());
    String path = resource.path().fill(parameters);
    String list = "%s/proxy%s?%s".formatted(account.id(), path, query);
    String page = Cursor.decode(wanted.cursor(), list, String.class).orElse("");
    PageRequest upstreamPage =
        new PageRequest(resource, parameters, query, page, wanted.limit(), Set.of());
    return switch (pages.read(account, upstreamPage, pages.deadline())) {
      case Reading.Page(var items, var next, var length) ->
          new ProxiedPage(items, next.map(token -> Cursor.encode(list, token)).orElse(null));
      case Reading.Absent absent -> throw new IllegalStateException("no status is tolerated");
    };
  }

  private static UpstreamResource resource(Connector connector, String name) {
    UpstreamResource resource = connector.resources().get(name);
    if (resource == null) {
      Set<String> names = new TreeSet<>(connector.resources().keySet());
      throw GatehouseException.notFound(
          "resource '%s' (did you mean '%s'? %s has %s)"
              .formatted(
                  CallersText.shortened(name),
                  Suggestions.nearest(name, names).orElse(""),
                  connector.name(),
                  String.join(", ", names)));
    }
    return resource;
  }
}
