package io.gatehouse.server;

import io.gatehouse.directory.gateway.GatewayConfig;
import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.config.Settings;
import io.gatehouse.platform.edge.HttpConfig;
import io.gatehouse.platform.store.StoreConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Every area's configuration, read from file, environment and flags; a later source wins. */
record Configuration(
    ServerConfig server,
    HttpConfig http,
    StoreConfig store,
    EngineConfig engine,
    GatewayConfig gateway) {

  /** The settings that there are. */
  static Settings settings() {
    return new Settings(
        ServerConfig.class,
        HttpConfig.class,
        StoreConfig.class,
        EngineConfig.class,
        GatewayConfig.class);
  }

  static Configuration read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    Settings settings = settings();
    file.ifPresent(path -> settings.with(path.toString(), properties(path)));
    settings.withEnvironment(environment).with("the command line", flags);
    return new Configuration(
        settings.read(ServerConfig.class),
        settings.read(HttpConfig.class),
        settings.read(StoreConfig.class),
        settings.read(EngineConfig.class),
        settings.read(GatewayConfig.class));
  }

  private static Map<String, String> properties(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) { // the latter is of a bad escape
      throw new ConfigException("configuration file " + file + " cannot be read");
    }
    Map<String, String> values = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(n -> values.put(n, properties.getProperty(n)));
    return values;
  }
}
