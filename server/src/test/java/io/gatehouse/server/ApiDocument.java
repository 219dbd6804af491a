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

/** An OpenAPI document that answers are held against. */
final class ApiDocument {
  private static final String REFERENCE = "CLOUD_API_REFERENCE";

  private final JsonNode document;
  private final JsonSchemaFactory factory;
  private final String location;

  private ApiDocument(String name, String text) {
    this.document = Json.read(text, JsonNode.class);
    this.location = "https://documents.invalid/" + name + ".json";
    this.factory =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.schemas(uri -> text)));
  }

  /** What a server says of itself. */
  static ApiDocument own(String text) {
    return new ApiDocument("own", text);
  }

  /**
   * The vendor's own document of a version, where the machine has it: the environment variable
   * names the directory. They are not ours to keep here. A version that was released in another
   * form than it was announced in has the released one beside the draft.
   */
  static ApiDocument reference(String version) {
    Optional<Path> directory =
        Optional.ofNullable(System.getenv(REFERENCE))
            .filter(where -> !where.isEmpty())
            .map(Path::of);
    assumeTrue(directory.isPresent(), REFERENCE + " names no directory of OpenAPI documents");
    try {
      Path file = directory.get().resolve(version + ".json");
      Path released = directory.get().resolve(version + "-released.json");
      String text = Files.readString(Files.exists(released) ? released : file);
      return new ApiDocument(version, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode json() {
    return document;
  }

  /** Whether it has this operation. */
  boolean has(Operation<?, ?> operation) {
    return operationNode(operation).isObject();
  }

  /** What is wrong with an answer; nothing when the document allows it. */
  Set<ValidationMessage> faults(Operation<?, ?> operation, JsonNode answer) {
    String pointer = "/paths/" + escape(path(operation)) + "/" + method(operation);
    String schema = pointer + "/responses/200/content/application~1json/schema";
    JsonSchema compiled =
        factory.getSchema(
            SchemaLocation.of(location + "#" + schema.replace("{", "%7B").replace("}", "%7D")));
    return compiled.validate(answer);
  }

  /** How it describes an operation. */
  JsonNode operationNode(Operation<?, ?> operation) {
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
