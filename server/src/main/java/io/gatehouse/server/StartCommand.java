package io.gatehouse.server;

import io.gatehouse.cloud.OrganizationBootstrap;
import io.gatehouse.cloud.apikey.ApiKeySecret;
import io.gatehouse.cloud.organization.OrganizationService;
import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.edge.HttpConfig;
import io.gatehouse.platform.error.GatehouseException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the server, says where it is, and serves until the process is told to end. */
final class StartCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(StartCommand.class);
  private static final int START_TIMEOUT_SECONDS = 60;

  private final Configuration config;
  private final PrintStream out = System.out;
  private final CompletableFuture<Server> running = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  StartCommand(Configuration config) {
    this.config = config;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.setLevel(config.server().logLevel());
    checkOrganization();
    checkAdminKey();
    checkPort();
    DataDirectory directory = DataDirectory.open(config.server().dataDir());
    if (!directory.tryLock()) {
      throw new ConfigException(
          "data directory %s is in use by another server".formatted(directory.path()));
    }
    warn();
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "shutdown"));
    try {
      running.complete(start(directory));
    } catch (RuntimeException e) {
      running.completeExceptionally(e);
      throw e;
    }
    ended.await();
    return 0;
  }

  private Server start(DataDirectory directory) {
    say("Preparing PostgreSQL and the metadata store in " + directory.path());
    ServerContext installation = new ServerContext(config, directory);
    try {
      say("Starting the server");
      Server server = new Server(config, installation).start();
      welcome(server, directory, found(installation));
      return server;
    } catch (RuntimeException e) {
      installation.giveUp();
      throw e;
    }
  }

  /** Told to end in the middle of the start, it finishes that first: there is no other way back. */
  private void end() {
    try {
      Server server = running.get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
      say("Stopping");
      server.close();
      say("Stopped");
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("nothing to stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Logs.close();
    ended.countDown();
  }

  /** The very last thing before its key is printed, so that no key is lost with a failing start. */
  private Optional<OrganizationBootstrap.Founded> found(ServerContext installation) {
    ApiKeySecret key =
        config.server().adminKey().flatMap(ApiKeySecret::read).orElseGet(ApiKeySecret::generate);
    return installation.cloud().founding().foundFirst(config.server().organization(), key);
  }

  private void checkOrganization() {
    try {
      OrganizationService.checkName(config.server().organization());
    } catch (GatehouseException e) {
      throw new ConfigException("setting 'organization': " + e.getMessage());
    }
  }

  private void checkAdminKey() {
    if (config.server().adminKey().filter(key -> ApiKeySecret.read(key).isEmpty()).isPresent()) {
      throw new ConfigException("setting 'admin-key' " + ApiKeySecret.SHAPE_RULE);
    }
  }

  /** Finds out early that the port is taken, before anything is made. */
  private void checkPort() {
    HttpConfig http = config.http();
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(http.host()), http.port()));
    } catch (BindException e) {
      throw new ConfigException(
          "port %d of %s cannot be used: %s".formatted(http.port(), http.host(), e.getMessage()));
    } catch (UnknownHostException e) {
      throw new ConfigException("setting 'host': there is no address '" + http.host() + "'");
    } catch (IOException e) {
      throw new ConfigException("port " + http.port() + " cannot be used: " + e.getMessage());
    }
  }

  private void warn() {
    String host = config.http().host();
    if (!host.equals("localhost") && !host.startsWith("127.") && !host.equals("::1")) {
      say("WARNING: listening on " + host + " without TLS: keys cross the network readably");
    }
    if ("root".equals(System.getProperty("user.name"))) {
      say("WARNING: running as root; an ordinary user is enough and safer");
    }
  }

  private void welcome(
      Server server, DataDirectory directory, Optional<OrganizationBootstrap.Founded> founded) {
    String host = config.http().host();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    say("");
    say("Gatehouse is ready.");
    say("  URL            http://" + shown + ":" + server.port());
    founded.ifPresent(
        first -> {
          say(
              "  Organization   "
                  + first.organization().name()
                  + " ("
                  + first.organization().id()
                  + ")");
          say("  Admin API key  " + shownKey(first));
        });
    say("  Keyset         " + directory.keyset().path());
    say("                 Keep a copy apart from the data: whoever has both reads every sealed");
    say("                 credential, and without it nobody does.");
    say("");
  }

  /** Whoever supplied the key has it; only one that was made here is shown. */
  private String shownKey(OrganizationBootstrap.Founded first) {
    return config.server().adminKey().isPresent()
        ? "as given by the setting 'admin-key'"
        : first.key().reveal() + "   (shown this once)";
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
