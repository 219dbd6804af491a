package io.gatehouse.server;

import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.config.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The commands of the program; every setting is an option of each. */
final class Commands {
  private static final String CONFIG = "--config";

  private Commands() {}

  static CommandLine build() {
    CommandSpec root = command("gatehouse", "An access plane for data platforms.");
    root.addSubcommand("start", start());
    CommandSpec organization = command("organization", "Manages organizations.");
    organization.addSubcommand("create", createOrganization());
    root.addSubcommand("organization", organization);
    CommandSpec apiKey = command("api-key", "Manages API keys.");
    apiKey.addSubcommand("create", createApiKey());
    root.addSubcommand("api-key", apiKey);
    CommandLine line = new CommandLine(root);
    line.setUnmatchedArgumentsAllowed(false);
    line.setExecutionStrategy(Commands::run);
    line.setExecutionExceptionHandler(
        (e, command, result) -> Failures.explain(e, command.getErr()));
    line.setParameterExceptionHandler(Failures::explainUsage);
    return line;
  }

  private static CommandSpec start() {
    return withSettings(command("start", "Starts the server, which runs until it is terminated."));
  }

  private static CommandSpec createOrganization() {
    CommandSpec spec =
        withSettings(
            command("create", "Creates an organization with a service account and its API key."));
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .paramLabel("NAME")
            .type(String.class)
            .description("name of the organization")
            .build());
    return spec;
  }

  /** The setting 'organization' names the one that is meant. */
  private static CommandSpec createApiKey() {
    return withSettings(
        command(
            "create",
            "Creates an API key for an administrator of --organization, for when its keys are lost."));
  }

  private static CommandSpec command(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name).mixinStandardHelpOptions(true);
    spec.version("Gatehouse 0.1.0");
    spec.usageMessage().description(description);
    return spec;
  }

  private static CommandSpec withSettings(CommandSpec spec) {
    spec.addOption(option(CONFIG, "FILE", "file with settings, one name=value a line"));
    for (Settings.Known known : Configuration.settings().known()) {
      String usual =
          known.setting().value().isEmpty() ? "" : " (default: " + known.setting().value() + ")";
      spec.addOption(option("--" + known.name(), "VALUE", known.setting().help() + usual));
    }
    return spec;
  }

  private static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description.replace("%", "%%"))
        .build();
  }

  private static int run(ParseResult parsed) {
    Integer help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    ParseResult command = innermost(parsed);
    try {
      return action(command).call();
    } catch (Exception e) {
      throw new CommandLine.ExecutionException(
          command.commandSpec().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static Callable<Integer> action(ParseResult command) {
    return switch (command.commandSpec().qualifiedName()) {
      case "gatehouse start" -> () -> new StartCommand(configuration(command)).call();
      case "gatehouse organization create" ->
          () ->
              HostCommands.createOrganization(
                      configuration(command), command.matchedPositionalValue(0, ""))
                  .call();
      case "gatehouse api-key create" ->
          () -> HostCommands.createApiKey(configuration(command)).call();
      default -> () -> usage(command);
    };
  }

  private static int usage(ParseResult command) {
    CommandLine line = command.commandSpec().commandLine();
    line.usage(line.getErr());
    return CommandLine.ExitCode.USAGE;
  }

  private static ParseResult innermost(ParseResult parsed) {
    return parsed.hasSubcommand() ? innermost(parsed.subcommand()) : parsed;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new ConfigException("option '--config' must be a path");
    }
  }

  private static Configuration configuration(ParseResult command) {
    Map<String, String> flags = new LinkedHashMap<>();
    for (OptionSpec option : command.matchedOptions()) {
      if (!option.longestName().equals(CONFIG)) {
        flags.put(option.longestName().substring(2), option.<String>getValue());
      }
    }
    Optional<Path> file =
        Optional.ofNullable(command.<String>matchedOptionValue(CONFIG, null)).map(Commands::path);
    return Configuration.read(file, System.getenv(), flags);
  }
}
