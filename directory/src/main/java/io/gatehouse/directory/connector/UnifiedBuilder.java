package io.gatehouse.directory.connector;

import io.gatehouse.platform.config.Suggestions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Puts a unified resource together from its file, the connector's lists, and the mappings. */
final class UnifiedBuilder {
  private final Map<String, UpstreamResource> resources;
  private final Function<String, Mapping> mappings;

  UnifiedBuilder(Map<String, UpstreamResource> resources, Function<String, Mapping> mappings) {
    this.resources = resources;
    this.mappings = mappings;
  }

  UnifiedResource build(String name, ConnectorYaml.Unified yaml) {
    List<Source> sources = yaml.sources().stream().map(this::source).toList();
    require(!sources.isEmpty(), "'sources' is empty");
    Set<String> names = new HashSet<>();
    sources.forEach(s -> require(names.add(s.name()), "two sources are named " + s.name()));
    return new UnifiedResource(name, yaml.selectBy(), sources);
  }

  private Source source(ConnectorYaml.UnifiedSource yaml) {
    UpstreamResource resource = resource(yaml.resource());
    Optional<Each> each = Optional.ofNullable(yaml.each()).map(this::each);
    Set<String> filled = each.map(Each::parameters).orElse(Map.of()).keySet();
    require(
        Set.copyOf(resource.path().parameters()).equals(filled),
        "source %s must fill the parameters %s of its resource"
            .formatted(yaml.name(), resource.path().parameters()));
    return new Source(yaml.name(), each, resource, mappings.apply(yaml.responseMapping()));
  }

  private Each each(ConnectorYaml.Iteration yaml) {
    UpstreamResource parents = resource(yaml.resource());
    require(
        parents.path().parameters().isEmpty(),
        "'each' cannot go over %s, which has parameters itself".formatted(parents.name()));
    return new Each(
        parents,
        yaml.id(),
        Mapping.of(yaml.where()),
        Map.copyOf(yaml.parameters()),
        Set.copyOf(yaml.gone()),
        Set.copyOf(yaml.unavailable()));
  }

  private UpstreamResource resource(String name) {
    UpstreamResource resource = resources.get(name);
    if (resource == null) {
      String near = Suggestions.nearest(name, resources.keySet()).orElse("none");
      throw new IllegalArgumentException(
          "there is no resource '%s'; did you mean '%s'?".formatted(name, near));
    }
    return resource;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
