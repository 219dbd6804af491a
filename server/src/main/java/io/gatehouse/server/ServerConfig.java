package io.gatehouse.server;

import io.gatehouse.cloud.version.ApiVersion;
import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.config.Setting;
import io.gatehouse.platform.secret.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** Where the server keeps its things, and how it is founded. */
public record ServerConfig(
    @Setting(value = "~/.gatehouse", help = "directory for data, keyset and clusters") Path dataDir,
    @Setting(value = "default", help = "name of the organization made at the first start")
        String organization,
    @Setting(value = "", help = "admin API key to use at the first start instead of a new one")
        Optional<Secret> adminKey,
    @Setting(
            value = "2024-09-16",
            help = "version of the Cloud API for callers that send no Cc-Version")
        String defaultCcVersion,
    @Setting(value = "INFO", help = "what is logged: ERROR, WARN, INFO or DEBUG") String logLevel) {

  public ServerConfig {
    if (ApiVersion.named(defaultCcVersion).isEmpty()) {
      throw new ConfigException(
          "setting 'default-cc-version': there is no version '%s'".formatted(defaultCcVersion));
    }
  }

  /** The version of the Cloud API for callers that name none. */
  ApiVersion defaultVersion() {
    return ApiVersion.named(defaultCcVersion).orElseThrow();
  }
}
