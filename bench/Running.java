import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that runs in a process of its own and tells on its standard output when it is ready. */
final class Running implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path output;

  private Running(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it with its output and its log in files of this directory. */
  static Running start(Path directory, List<String> command) throws IOException {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(directory.resolve("log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return new Running(process, output);
  }

  /** Waits until it says something of this form; gives the form's one group. */
  String await(String form) throws IOException, InterruptedException {
    Pattern pattern = Pattern.compile(form);
    for (int i = 0; i < PATIENCE_SECONDS * 50 && process.isAlive(); i++) {
      Matcher matcher = pattern.matcher(Files.readString(output));
      if (matcher.find()) {
        return matcher.group(1);
      }
      Thread.sleep(20);
    }
    throw new IOException("it does not start; see " + output.getParent());
  }

  LinuxProcess process() {
    return new LinuxProcess(process.pid());
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
