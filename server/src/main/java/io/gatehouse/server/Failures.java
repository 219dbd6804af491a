package io.gatehouse.server;

import io.gatehouse.engines.EngineException;
import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.config.Suggestions;
import io.gatehouse.platform.error.GatehouseException;
import java.io.PrintWriter;
import java.net.BindException;
import java.util.Set;
import picocli.CommandLine;

/** Why the program cannot do what it was told: one line for a person. */
final class Failures {
  private Failures() {}

  static int explain(Exception failure, PrintWriter out) {
    Throwable cause = failure;
    while (cause.getCause() != null && !isClear(cause)) {
      cause = cause.getCause();
    }
    if (isClear(cause)) {
      out.println("gatehouse: " + cause.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    out.println("gatehouse: unexpected failure: " + failure.getMessage());
    failure.printStackTrace(out);
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static boolean isClear(Throwable failure) {
    return failure instanceof ConfigException
        || failure instanceof EngineException
        || failure instanceof GatehouseException
        || failure instanceof BindException;
  }

  static int explainUsage(CommandLine.ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    line.getErr().println("gatehouse: " + e.getMessage() + suggestion(e, line));
    return CommandLine.ExitCode.USAGE;
  }

  private static String suggestion(CommandLine.ParameterException e, CommandLine line) {
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      return "";
    }
    String word = unmatched.getUnmatched().getFirst();
    Set<String> names =
        word.startsWith("-") ? line.getCommandSpec().optionsMap().keySet() : commands(line);
    return Suggestions.nearest(word, names)
        .map(near -> "; did you mean '" + near + "'?")
        .orElse("");
  }

  private static Set<String> commands(CommandLine line) {
    return line.getSubcommands().keySet();
  }
}
