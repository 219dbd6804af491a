package io.gatehouse.server;

import io.gatehouse.platform.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Something done on the host to the store of a server, whether that runs or not. */
final class HostCommand implements Callable<Integer> {
  private final Configuration config;
  private final Consumer<ServerContext> work;

  HostCommand(Configuration config, Consumer<ServerContext> work) {
    this.config = config;
    this.work = work;
  }

  @Override
  public Integer call() {
    Logs.setLevel(config.server().logLevel());
    if (!Files.isDirectory(config.server().dataDir())) {
      throw notStarted(config.server().dataDir());
    }
    DataDirectory directory = DataDirectory.open(config.server().dataDir());
    boolean serverRuns = !directory.tryLock();
    if (!directory.isFounded(config.store())) {
      throw notStarted(directory.path());
    }
    ServerContext installation = new ServerContext(config, directory);
    try {
      if (installation.cloud().founding().isNeeded()) {
        throw notStarted(directory.path());
      }
      work.accept(installation);
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
