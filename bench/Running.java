import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that runs in a process and a directory of its own and tells on its standard output when
 * it is ready.
 */
final class Running implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 120;

  private final Process process;
  private final Path directory;

  /** Puts into the directory what the server needs; gives the program that is the server. */
  @FunctionalInterface
  interface Preparation {
    Program in(Path directory) throws IOException;
  }

  private Running(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  static Running start(Preparation preparation) throws IOException {
    Path directory = Directories.make();
    try {
      ProcessBuilder builder = preparation.in(directory).builder();
      builder.redirectOutput(output(directory).toFile());
      builder.redirectError(log(directory).toFile());
      return new Running(builder.start(), directory);
    } catch (IOException | RuntimeException e) {
      Directories.remove(directory);
      throw e;
    }
  }

  /** Waits until it says something of this form; gives the form's one group, or ends it. */
  String await(String form) throws IOException, InterruptedException {
    try {
      return awaitLine(Pattern.compile(form));
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  private String awaitLine(Pattern pattern) throws IOException, InterruptedException {
    for (int i = 0; i < TIMEOUT_SECONDS * 50 && process.isAlive(); i++) {
      Matcher matcher = pattern.matcher(Files.readString(output(directory)));
      if (matcher.find()) {
        return matcher.group(1);
      }
      Thread.sleep(20);
    }
    throw new IOException("it does not start: " + Files.readString(log(directory)));
  }

  Path directory() {
    return directory;
  }

  LinuxProcess process() {
    return new LinuxProcess(process.pid());
  }

  /** Ends it and removes its directory, also when this thread was interrupted. */
  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    Directories.remove(directory);
  }

  private static Path output(Path directory) {
    return directory.resolve("output");
  }

  private static Path log(Path directory) {
    return directory.resolve("log");
  }
}
