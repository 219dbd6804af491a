import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** The {@link BareServer} in a process of its own, in a Java machine set up like Gatehouse's. */
record Bare(Running running, URI url) implements AutoCloseable {

  static Bare start(Gatehouse twin, String answer) throws IOException, InterruptedException {
    Running running = Running.start(directory -> program(twin, answer, directory));
    return new Bare(running, URI.create("http://127.0.0.1:" + running.await("port (\\d+) ")));
  }

  private static Program program(Gatehouse twin, String answer, Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("answer"), answer, ISO_8859_1);
    compile(directory);
    List<String> command = new ArrayList<>(javaWithOptions(twin));
    command.addAll(List.of("-cp", directory + ":" + Checkout.CLASS_PATH, "BareServer"));
    command.add(file.toString());
    return new Program(command);
  }

  /** What stands before the class path in the command that runs Gatehouse. */
  private static List<String> javaWithOptions(Gatehouse gatehouse) {
    List<String> command = gatehouse.process().command();
    return command.subList(0, command.indexOf("-cp"));
  }

  private static void compile(Path directory) {
    String source = Checkout.SOURCES.resolve("BareServer.java").toString();
    String[] arguments = {"-d", directory.toString(), "-cp", Checkout.CLASS_PATH, source};
    if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments) != 0) {
      throw new IllegalStateException(source + " cannot be compiled");
    }
  }

  LinuxProcess process() {
    return running.process();
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
