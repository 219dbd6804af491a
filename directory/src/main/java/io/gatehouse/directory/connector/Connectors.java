package io.gatehouse.directory.connector;

import io.gatehouse.directory.CallersText;
import io.gatehouse.platform.config.Suggestions;
import io.gatehouse.platform.error.GatehouseException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The connectors of this program, by name. */
public final class Connectors {
  private final Map<String, Connector> byName = new TreeMap<>();

  public Connectors(Collection<Connector> connectors) {
    connectors.forEach(connector -> byName.put(connector.name(), connector));
  }

  public Optional<Connector> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<Connector> all() {
    return byName.values();
  }

  /** The connector that a caller named; an unknown one is an error of theirs. */
  public Connector require(String integration) {
    return find(integration).orElseThrow(() -> unknown(integration));
  }

  private GatehouseException unknown(String integration) {
    String near =
        Suggestions.nearest(integration, byName.keySet())
            .map(name -> "; did you mean '" + name + "'?")
            .orElse("");
    String named = CallersText.shortened(integration);
    return GatehouseException.invalid(
        "integration", "there is no integration '" + named + "'" + near);
  }
}
