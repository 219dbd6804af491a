package io.gatehouse.server;

import io.gatehouse.platform.secret.Secret;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The product as its users run it: a process of its own in a data directory of its own, which can
 * be killed and started again. PostgreSQL is prepared once for all of them, unless a test wants to
 * see that too.
 */
final class Product implements AutoCloseable {
  private static final Path SCRIPT = Path.of("..", "gatehouse");
  private static final Pattern JVM_OPTION = Pattern.compile("-(X|-\\w)[^\\s\\\\]+");
  private static final Pattern READY = Pattern.compile("(?s)URL +(http\\S+).*Keyset +\\S+\\n");
  private static final Pattern ORGANIZATION = Pattern.compile("Organization +(.*) \\((\\S+)\\)");
  private static final Pattern KEY = Pattern.compile("Admin API key +(CCDB1_\\S+)");
  private static final int TIMEOUT_SECONDS = 60;
  private static final Queue<Process> STARTED = new ConcurrentLinkedQueue<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroy)));
  }

  private final Path data;
  private final Path out;
  private final Path err;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private boolean byScript;
  private @Nullable Process process;
  private String url = "";
  private Optional<Secret> adminKey = Optional.empty();

  /** How a command ended. */
  record Ended(int exitCode, String out, String err) {}

  private Product(Path data) {
    this.data = data;
    this.out = data.resolveSibling(data.getFileName() + ".out");
    this.err = data.resolveSibling(data.getFileName() + ".err");
    settings.put("data-dir", data.toString());
    settings.put("port", "0");
    settings.put("rate-limit", "0");
    settings.put("minimum-free-bytes", "0");
    settings.put("store-reserve-bytes", "0");
  }

  /** One in a new data directory, in which PostgreSQL is prepared already. */
  static Product create() {
    return in(Directories.prepared());
  }

  /** One in a given data directory. */
  static Product in(Path data) {
    return new Product(data);
  }

  /** The same with another setting, which is given as a flag. */
  Product with(String setting, Object value) {
    settings.put(setting, value.toString());
    return this;
  }

  /** The same with another variable in its environment. */
  Product withVariable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /**
   * The same, but started by the script that users start it by, from what was packaged; only once
   * that has been done.
   */
  Product byScript() {
    byScript = true;
    return this;
  }

  /** Starts the server and waits until it says that it is ready. */
  Product start() {
    launch("start");
    String welcome = Await.until(this::output, said -> isOver() || READY.matcher(said).find());
    Matcher ready = READY.matcher(welcome);
    if (!ready.find()) {
      throw new AssertionError("the server does not start: " + welcome + errors());
    }
    url = ready.group(1);
    find(KEY, 1).ifPresent(key -> adminKey = Optional.of(Secret.of(key)));
    return this;
  }

  /** Starts the server and does not wait for anything. */
  Product launch() {
    launch("start");
    return this;
  }

  /** Runs a command to its end. */
  Ended run(String... command) {
    Product other = new Product(data, settings, variables);
    other.launch(command);
    return other.awaitEnd();
  }

  private Product(Path data, Map<String, String> settings, Map<String, String> variables) {
    this.data = data;
    this.out = data.resolveSibling(data.getFileName() + ".command.out");
    this.err = data.resolveSibling(data.getFileName() + ".command.err");
    this.settings.putAll(settings);
    this.variables.putAll(variables);
  }

  private void launch(String... arguments) {
    List<String> command = new ArrayList<>(byScript ? script() : java());
    command.addAll(List.of(arguments));
    settings.forEach((name, value) -> command.addAll(List.of("--" + name, value)));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    builder.environment().putAll(variables);
    try {
      process =
          builder
              .redirectInput(new File("/dev/null"))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      STARTED.add(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The script builds what is older than its sources; what was packaged just now is not. */
  private static List<String> script() {
    try {
      Path stamp = Path.of("target", "gatehouse", ".built");
      Files.write(stamp, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(SCRIPT.toAbsolutePath().normalize().toString());
  }

  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions());
    command.add("-XX:TieredStopAtLevel=1"); // starts in half the time, and tests start often
    command.addAll(List.of("-cp", classPath(), Main.class.getName()));
    return command;
  }

  /** The options of the script with which users start it. */
  private static List<String> jvmOptions() {
    String script = read(SCRIPT);
    String line = script.substring(script.indexOf("exec "), script.indexOf("-cp "));
    return JVM_OPTION.matcher(line).results().map(option -> option.group()).toList();
  }

  /** What runs here, without the tests. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("test-classes") && !entry.endsWith("-tests.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Where it keeps its things. */
  Path data() {
    return data;
  }

  Path clusters() {
    return data.resolve("clusters");
  }

  String url() {
    return url;
  }

  int port() {
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }

  /** The key that was printed at the first start. */
  Secret adminKey() {
    return adminKey.orElseThrow();
  }

  /** The id of the organization that was printed at the first start. */
  String organizationId() {
    return find(ORGANIZATION, 2).orElseThrow();
  }

  ApiClient admin() {
    return as(adminKey());
  }

  ApiClient as(Secret key) {
    return new ApiClient(url, Optional.of(key));
  }

  ApiClient asNobody() {
    return new ApiClient(url, Optional.empty());
  }

  /** What it has said on its standard output since it was started. */
  String output() {
    return read(out);
  }

  /** What it has said on its standard error since it was started. */
  String errors() {
    return read(err);
  }

  /** Ends it with SIGKILL, at once and in the middle of anything. */
  void kill() {
    running().destroyForcibly().onExit().join();
  }

  /** Ends it with SIGTERM. */
  Ended terminate() {
    running().destroy();
    return awaitEnd();
  }

  Ended awaitEnd() {
    try {
      if (!running().waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        kill();
        throw new AssertionError("it does not end: " + output() + errors());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return new Ended(running().exitValue(), output(), errors());
  }

  private Process running() {
    return Objects.requireNonNull(process);
  }

  private boolean isOver() {
    return !running().isAlive();
  }

  private Optional<String> find(Pattern pattern, int group) {
    Matcher matcher = pattern.matcher(output());
    return matcher.find() ? Optional.of(matcher.group(group)) : Optional.empty();
  }

  /** Every PostgreSQL process that works in the data directory, or is about to. */
  List<ProcessHandle> postgres() {
    return ProcessHandle.allProcesses().filter(this::worksHere).toList();
  }

  /** The PostgreSQL processes of which none was started by another. */
  List<Long> postmasters() {
    List<ProcessHandle> all = postgres();
    return all.stream()
        .filter(one -> one.parent().filter(all::contains).isEmpty())
        .filter(ProcessHandle::isAlive) // one that has just ended has no parent either
        .map(ProcessHandle::pid)
        .sorted()
        .toList();
  }

  private boolean worksHere(ProcessHandle other) {
    Path proc = Path.of("/proc", Long.toString(other.pid()));
    try {
      boolean here = Files.readSymbolicLink(proc.resolve("cwd")).startsWith(data);
      boolean java = Files.readSymbolicLink(proc.resolve("exe")).endsWith("java");
      return here || (!java && read(proc.resolve("cmdline")).contains(data + "/"));
    } catch (IOException | UncheckedIOException e) {
      return false; // it has ended meanwhile, or is not ours
    }
  }

  /** The main process of a cluster's PostgreSQL. */
  long postmaster(String clusterId) {
    return Long.parseLong(lockFile(clusters().resolve(clusterId)).getFirst());
  }

  /** The main process of the embedded store's PostgreSQL. */
  long storePostmaster() {
    return Long.parseLong(lockFile(data.resolve("metadata")).getFirst());
  }

  /** A session in the embedded store, for what no API shows. */
  Sql store() throws SQLException {
    return Sql.open(storeUrl());
  }

  /** Where the embedded store is, with user and password. */
  String storeUrl() {
    DataDirectory directory = DataDirectory.open(data);
    Secret secret = directory.keyset().read().derive("metadata", directory.serverId());
    String port = lockFile(data.resolve("metadata")).get(3);
    return "postgresql://gatehouse:%s@127.0.0.1:%s/gatehouse".formatted(secret.reveal(), port);
  }

  private static List<String> lockFile(Path directory) {
    return read(directory.resolve("postmaster.pid")).lines().toList();
  }

  /** Ends it, and removes what it made. */
  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      terminate();
    }
    postgres().forEach(ProcessHandle::destroyForcibly);
    Await.until(this::postgres, List::isEmpty);
    Directories.remove(data);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
