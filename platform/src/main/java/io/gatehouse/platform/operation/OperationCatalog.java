package io.gatehouse.platform.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every operation of the product with its handler. It cannot be made, and so the server cannot
 * start, when an operation lacks its handler, its permission, its summary, or (when it changes
 * something) its audit action, or when two claim the same path.
 */
public final class OperationCatalog {
  private final List<Route<?, ?>> routes;

  public OperationCatalog(List<Operation<?, ?>> operations, List<Route<?, ?>> routes) {
    List<String> faults = new ArrayList<>();
    Map<Operation<?, ?>, Integer> handlers = new HashMap<>();
    routes.forEach(route -> handlers.merge(route.operation(), 1, Integer::sum));
    Set<String> claimed = new HashSet<>();
    for (Operation<?, ?> operation : operations) {
      faults.addAll(faults(operation, handlers.getOrDefault(operation, 0)));
      if (!claimed.add(operation.method() + " " + operation.path().shape())) {
        faults.add(operation + " claims a path that another operation has");
      }
    }
    if (!new HashSet<>(operations).containsAll(handlers.keySet())) {
      faults.add("a handler serves an operation that is not declared");
    }
    if (!faults.isEmpty()) {
      throw new IllegalStateException(String.join("; ", faults));
    }
    this.routes = List.copyOf(routes);
  }

  private static List<String> faults(Operation<?, ?> operation, int handlers) {
    List<String> faults = new ArrayList<>();
    if (handlers != 1) {
      faults.add(operation + " has " + handlers + " handlers instead of one");
    }
    if (operation.permission() == null) {
      faults.add(operation + " has no permission rule");
    }
    if (operation.id().isEmpty() || operation.summary().isEmpty()) {
      faults.add(operation + " has no id or no summary");
    }
    if (operation.changes() == operation.auditAction().isEmpty()) {
      faults.add(operation + " must have an audit action exactly when it changes something");
    }
    if (operation.changes() && operation.method() == HttpMethod.GET) {
      faults.add(operation + " changes something, which a GET must not");
    }
    if (!operation.path().text().startsWith(operation.api().prefix())) {
      faults.add(operation + " is outside of its API, " + operation.api().prefix());
    }
    if (operation.revocation() == Revocation.YES && operation.hasBody()) {
      faults.add(operation + " revokes access, so it must not have to wait for a body");
    }
    if (operation.target() instanceof Target.Resource<?>
        && operation.path().parameters().isEmpty()) {
      faults.add(operation + " aims at something in its path, which names nothing");
    }
    return faults;
  }

  public List<Route<?, ?>> routes() {
    return routes;
  }

  public List<? extends Operation<?, ?>> operations() {
    return routes.stream().map(Route::operation).toList();
  }
}
