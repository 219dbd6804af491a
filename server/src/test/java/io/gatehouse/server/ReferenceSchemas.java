package io.gatehouse.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.operation.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The vendor's own OpenAPI documents, one for each version, where the machine has them: the system
 * property or environment variable below names their directory. They are not ours to keep here.
 */
final class ReferenceSchemas {
  private static final String WHERE = "CLOUD_API_REFERENCE";

  private final JsonNode document;
  private final JsonSchemaFactory factory;
  private final String location;

  private ReferenceSchemas(JsonNode document, JsonSchemaFactory factory, String location) {
    this.document = document;
    this.factory = factory;
    this.location = location;
  }

  static ReferenceSchemas of(String version) {
    Optional<Path> directory =
        Optional.ofNullable(System.getenv(WHERE)).filter(where -> !where.isEmpty()).map(Path::of);
    assumeTrue(
        directory.isPresent(), "skipped: " + WHERE + " names no directory of OpenAPI documents");
    Path file = directory.get().resolve(version + ".json");
    try {
      String text = Files.readString(file);
      String location = "https://reference.invalid/" + version + ".json";
      JsonSchemaFactory factory =
          JsonSchemaFactory.getInstance(
              SpecVersion.VersionFlag.V202012,
              builder -> builder.schemaLoaders(loaders -> loaders.schemas(uri -> text)));
      return new ReferenceSchemas(Json.read(text, JsonNode.class), factory, location);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the version has this operation. */
  boolean has(Operation<?, ?> operation) {
    return operationNode(operation).isObject();
  }

  /** What is wrong with an answer; nothing when the reference allows it. */
  Set<ValidationMessage> faults(Operation<?, ?> operation, JsonNode answer) {
    String pointer = "/paths/" + escape(path(operation)) + "/" + method(operation);
    String schema = pointer + "/responses/200/content/application~1json/schema";
    JsonSchema compiled =
        factory.getSchema(
            SchemaLocation.of(location + "#" + schema.replace("{", "%7B").replace("}", "%7D")));
    return compiled.validate(answer);
  }

  private JsonNode operationNode(Operation<?, ?> operation) {
    return document.path("paths").path(path(operation)).path(method(operation));
  }

  private static String path(Operation<?, ?> operation) {
    return operation.path().text();
  }

  private static String method(Operation<?, ?> operation) {
    return operation.method().name().toLowerCase(Locale.ROOT);
  }

  private static String escape(String path) {
    return path.replace("~", "~0").replace("/", "~1");
  }
}
