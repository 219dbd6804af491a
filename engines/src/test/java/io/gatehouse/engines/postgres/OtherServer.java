package io.gatehouse.engines.postgres;

import io.gatehouse.engines.Desired;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Resources;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Another server, in a process that tells its steps and may be killed at any of them. */
final class OtherServer implements AutoCloseable {
  private final Process process;
  private final BufferedReader told;

  OtherServer(Path root, UUID id, Presence presence) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    String main = OtherServer.class.getName();
    List<String> arguments = List.of(root.toString(), id.toString(), presence.name());
    ProcessBuilder builder = new ProcessBuilder(java, "-cp", classPath, main);
    builder.command().addAll(arguments);
    process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    told = process.inputReader();
  }

  void killAt(String step) throws IOException {
    String line = told.readLine();
    while (line != null && !line.equals(step)) {
      line = told.readLine();
    }
    if (line == null) {
      throw new IOException("the step never came: " + step);
    }
    close();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /** Converges one cluster, and then waits to be killed. */
  public static void main(String[] arguments) throws IOException {
    Desired desired = new Desired(Presence.valueOf(arguments[2]), new Resources(1));
    PostgresEngine engine = Postgres.engine(Path.of(arguments[0]));
    engine.converge(UUID.fromString(arguments[1]), desired, System.out::println);
    System.out.println("done");
    System.in.read();
  }
}
