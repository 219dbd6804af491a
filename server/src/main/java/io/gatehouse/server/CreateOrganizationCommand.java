package io.gatehouse.server;

import io.gatehouse.cloud.Founding;
import io.gatehouse.cloud.apikey.ApiKeySecret;
import io.gatehouse.platform.config.ConfigException;
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
    DataDirectory directory = DataDirectory.open(config.server().dataDir());
    boolean serverRuns = !directory.tryLock();
    if (serverRuns && !directory.isFounded(config.store())) {
      throw new ConfigException(
          "the server in %s is still starting; try again when it is ready"
              .formatted(directory.path()));
    }
    Installation installation = new Installation(config, directory);
    try {
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
}
