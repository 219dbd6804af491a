package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs programs of this machine. PostgreSQL refuses to run as root; if this process is root,
 * programs run in a user namespace of their own, where they are nobody while the files of root stay
 * theirs.
 */
final class Host {
  private static final Pattern PATH_SEPARATOR =
      Pattern.compile(File.pathSeparator, Pattern.LITERAL);
  private static final int TIMEOUT_SECONDS = 120;

  private Host() {}

  /** Runs a program to its end as an ordinary user; gives what it printed. */
  static String run(Path program, String... arguments) {
    List<String> command = unprivileged(program, List.of(arguments));
    try {
      Process process = builder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return outputOf(process, program);
    } catch (IOException e) {
      throw EngineException.passing(program.getFileName() + " cannot be started: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw EngineException.passing("Interrupted while " + program.getFileName() + " ran", e);
    }
  }

  /**
   * Starts a program as an ordinary user in a session of its own: neither the death of this process
   * nor a key pressed in its terminal reaches it. What it prints is appended to the log.
   */
  static Process spawn(Path log, Path program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(tool("setsid").toString()));
    command.addAll(unprivileged(program, List.of(arguments)));
    try {
      return builder(command)
          .redirectErrorStream(true)
          .redirectInput(new File("/dev/null"))
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw DiskSpace.failure(log, "Starting " + program.getFileName(), 1 << 20, e);
    }
  }

  /** A program that belongs to the operating system. */
  static Path tool(String name) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return PATH_SEPARATOR
        .splitAsStream(path)
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                EngineException.lasting(
                    "The program " + name + " (package util-linux or coreutils) is missing", null));
  }

  private static String outputOf(Process process, Path program)
      throws IOException, InterruptedException {
    boolean ended = false;
    try {
      ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } finally {
      if (!ended) {
        process.destroyForcibly();
      }
    }
    if (!ended) {
      throw EngineException.passing(program.getFileName() + " does not end", null);
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (output.contains("unshare failed")) {
      throw EngineException.lasting(
          "PostgreSQL does not run as root, and this machine refuses root a user namespace;"
              + " run the server as another user",
          null);
    }
    if (process.exitValue() != 0) {
      throw EngineException.passing(program.getFileName() + " failed: " + output.strip(), null);
    }
    return output;
  }

  private static List<String> unprivileged(Path program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of(tool("unshare").toString(), "--user"));
    }
    command.add(program.toString());
    command.addAll(arguments);
    return command;
  }

  private static boolean isRoot() {
    return user() == 0;
  }

  /** The number of the user as whom this process and its programs work with files. */
  static int user() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw EngineException.passing("The user of this process cannot be read: " + e, e);
    }
  }

  /** Nothing of this process's environment reaches PostgreSQL, and it speaks plain English. */
  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C");
    return builder.directory(new File("/"));
  }
}
