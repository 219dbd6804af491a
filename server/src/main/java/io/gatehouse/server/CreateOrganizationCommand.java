package io.gatehouse.server;

import io.gatehouse.cloud.Founding;
import io.gatehouse.cloud.apikey.ApiKeySecret;
import io.gatehouse.cloud.organization.OrganizationService;
import io.gatehouse.platform.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Makes a further organization in the store of a server, whether that runs or not. */
final class CreateOrganizationCommand implements Callable<Integer> {
  private final Configuration config;
  private final String name;

  CreateOrganizationCommand(Configuration config, String name) {
    this.config = config;
    this.name = name;
  }

  @Override
  public Integer call() {
    Logs.setLevel(config.server().logLevel());
    OrganizationService.checkName(name);
    if (!Files.isDirectory(config.server().dataDir())) {
      throw notStarted(config.server().dataDir());
    }
    DataDirectory directory = DataDirectory.open(config.server().dataDir());
    boolean serverRuns = !directory.tryLock();
    if (!directory.isFounded(config.store())) {
      throw notStarted(directory.path());
    }
    Installation installation = new Installation(config, directory);
    try {
      if (installation.cloud().founding().isNeeded()) {
        throw notStarted(directory.path());
      }
      Founding.Founded founded =
          installation.cloud().founding().found(name, ApiKeySecret.generate());
      System.out.println("Organization     " + founded.organization().name());
      System.out.println("Organization id  " + founded.organization().id());
      System.out.println("Service account  " + founded.serviceAccountId());
      System.out.println("API key          " + founded.key().reveal() + "   (shown this once)");
      return 0;
    } finally {
      if (serverRuns) {
        installation.store().disconnect();
      } else {
        installation.store().close();
      }
    }
  }

  private static ConfigException notStarted(Path directory) {
    return new ConfigException(
        "no server has been started to its end in %s; start it first, or name the --data-dir of one"
            .formatted(directory));
  }
}
