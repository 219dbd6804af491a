package io.gatehouse.directory.connector;

import com.fasterxml.jackson.core.type.TypeReference;
import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.json.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads the connectors when the program starts. Whatever is wrong with one of their files stops the
 * start with the name of the file.
 */
public final class ConnectorLoader {
  private static final String INDEX = "index.yaml";

  private final ConnectorFiles files;

  public ConnectorLoader(ConnectorFiles files) {
    this.files = files;
  }

  /** Reads all that the index names. */
  public Connectors load() {
    List<String> names =
        read(
            INDEX,
            text -> {
              var read = StrictYaml.read(text, new TypeReference<List<String>>() {});
              ConnectorRules.requireDistinct(INDEX, read);
              return read;
            });
    return new Connectors(names.stream().map(this::load).toList());
  }

  private Connector load(String folder) {
    String file = folder + "/connector.yaml";
    ConnectorYaml.Main main =
        read(
            file,
            text -> {
              var read = StrictYaml.read(text, new TypeReference<ConnectorYaml.Main>() {});
              ConnectorRules.check(folder, read);
              return read;
            });
    Map<String, UpstreamResource> resources =
        main.resources().entrySet().stream()
            .map(entry -> resource(entry.getKey(), entry.getValue()))
            .collect(Collectors.toUnmodifiableMap(UpstreamResource::name, resource -> resource));
    Map<String, UnifiedResource> unified =
        main.unified().stream()
            .map(name -> unified(folder, name, resources))
            .collect(Collectors.toUnmodifiableMap(UnifiedResource::name, resource -> resource));
    return new Connector(
        main.name(),
        main.label(),
        main.category(),
        main.baseUrl(),
        main.authenticationMethod(),
        main.credentials(),
        main.authorization(),
        main.headers(),
        check(file, main.check()),
        main.paging(),
        main.rateLimit(),
        resources,
        unified);
  }

  private static Check check(String file, ConnectorYaml.CheckYaml yaml) {
    Check check = at(file, () -> new Check(yaml.path(), yaml.answer(), Mapping.of(yaml.holds())));
    if (check.accepts(Json.MAPPER.createObjectNode())) {
      throw new ConfigException(
          "connector file " + file + ": 'check.holds' must not hold for an empty object");
    }
    return check;
  }

  private static UpstreamResource resource(String name, ConnectorYaml.Resource resource) {
    return new UpstreamResource(name, resource.path(), resource.items());
  }

  private UnifiedResource unified(
      String folder, String name, Map<String, UpstreamResource> resources) {
    String file = folder + "/" + name + ".yaml";
    String beside = file.substring(0, file.lastIndexOf('/') + 1);
    Function<String, Mapping> mappings = path -> read(beside + path, Mapping::of);
    ConnectorYaml.Unified yaml =
        read(file, text -> StrictYaml.read(text, new TypeReference<>() {}));
    return at(file, () -> new UnifiedBuilder(resources, mappings).build(name, yaml));
  }

  private <T> T read(String file, Function<String, T> parse) {
    String text =
        files
            .read(file)
            .orElseThrow(() -> new ConfigException("connector file " + file + " is missing"));
    return at(file, () -> parse.apply(text));
  }

  private static <T> T at(String file, Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw new ConfigException("connector file " + file + ": " + e.getMessage());
    }
  }
}
