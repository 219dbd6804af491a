package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.Capabilities;
import io.gatehouse.platform.config.Settings;
import io.gatehouse.platform.operation.Operation;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The parts of the documentation that follow from the code are the code's. With {@code
 * -Ddocumentation.write=true} they are written anew.
 */
class DocumentationTest {
  private static final Path DOCS = Path.of("..", "docs");

  @Test
  void every_operation_is_documented() throws IOException {
    StringBuilder text = new StringBuilder("# Operations\n\n");
    text.append("Written from the operations in the code; see CONTRIBUTING.md.\n\n");
    text.append("| operation | request | permission | since | what it does |\n");
    text.append("| --- | --- | --- | --- | --- |\n");
    for (Operation<?, ?> operation : Operations.ALL) {
      text.append(
          "| %s | `%s %s` | %s | %s | %s |\n"
              .formatted(
                  operation.id(),
                  operation.method(),
                  operation.path().text(),
                  Objects.requireNonNull(operation.permission()),
                  operation.since().isEmpty() ? "" : operation.since(),
                  operation.summary()));
    }
    text.append("\nWho has which permission stands in one file: `Permission` in the platform.\n");
    check("operations.md", text.toString());
  }

  @Test
  void every_setting_is_documented() throws IOException {
    StringBuilder text = new StringBuilder("# Settings\n\n");
    text.append(
        "Written from the settings in the code; see CONTRIBUTING.md. A flag wins over the\n");
    text.append("environment, and that over the file given by `--config`.\n\n");
    text.append("| flag, and key in the file | environment | default | what it does |\n");
    text.append("| --- | --- | --- | --- |\n");
    for (Settings.Known known : Configuration.settings().known()) {
      text.append(
          "| `--%s` | `%s` | %s | %s |\n"
              .formatted(
                  known.name(),
                  known.environmentName(),
                  known.setting().value().isEmpty() ? "" : "`" + known.setting().value() + "`",
                  known.setting().help()));
    }
    check("settings.md", text.toString());
  }

  @Test
  void what_each_engine_can_do_is_documented() throws IOException {
    Capabilities capabilities = TestServer.shared().installation().engine().capabilities();
    StringBuilder text = new StringBuilder("# Engines\n\n");
    text.append(
        "Written from the engines in the code; see CONTRIBUTING.md. There is no operation yet\n");
    text.append(
        "that an engine could lack the means for: all that are served need `onlineResize`\n");
    text.append("at most.\n\n");
    text.append("| capability | postgresql |\n| --- | --- |\n");
    for (RecordComponent component : Capabilities.class.getRecordComponents()) {
      text.append("| %s | %s |\n".formatted(component.getName(), yesOrNo(component, capabilities)));
    }
    check("engines.md", text.toString());
  }

  private static String yesOrNo(RecordComponent component, Capabilities capabilities) {
    try {
      return component.getAccessor().invoke(capabilities).equals(true) ? "yes" : "no";
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component.getName(), e);
    }
  }

  private static void check(String name, String expected) throws IOException {
    Path file = DOCS.resolve(name);
    if (Boolean.getBoolean("documentation.write")) {
      Files.writeString(file, expected);
    }
    assertThat(file).exists().hasContent(expected);
  }
}
