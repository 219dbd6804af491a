package io.gatehouse.platform.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.operation.InputMembers;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.OperationCatalog;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the OpenAPI 3.1 document of all operations; its schemas are read from their records. */
public final class OpenApiDocument {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String SCHEMAS = "components/schemas";

  private final OperationCatalog catalog;
  private byte @Nullable [] written;

  public OpenApiDocument(OperationCatalog catalog) {
    this.catalog = catalog;
  }

  /** The document; it is made once, when somebody first asks for it. */
  public synchronized byte[] write() {
    if (written == null) {
      written = make();
    }
    return written;
  }

  private byte[] make() {
    SchemaBuilder schemas = RecordSchemas.generator().buildMultipleSchemaDefinitions();
    ObjectNode document = NODES.objectNode();
    document.put("openapi", "3.1.0");
    document.set("info", NODES.objectNode().put("title", "Gatehouse").put("version", "1"));
    ObjectNode paths = document.putObject("paths");
    TreeMap<String, ObjectNode> sorted = new TreeMap<>();
    for (Operation<?, ?> operation : catalog.operations()) {
      sorted
          .computeIfAbsent(operation.path().text(), path -> NODES.objectNode())
          .set(operation.method().name().toLowerCase(Locale.ROOT), describe(operation, schemas));
    }
    sorted.forEach(paths::set);
    ObjectNode components = document.putObject("components");
    components.set("schemas", schemas.collectDefinitions(SCHEMAS));
    components
        .putObject("securitySchemes")
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer");
    document.putArray("security").addObject().putArray("bearer");
    return Json.writeBytes(document);
  }

  private static ObjectNode describe(Operation<?, ?> operation, SchemaBuilder schemas) {
    ObjectNode node = NODES.objectNode();
    node.put("operationId", operation.id());
    node.put("summary", operation.summary());
    node.putArray("tags").add(operation.tag());
    InputMembers members = InputMembers.of(operation.input(), operation.path().parameters());
    ArrayNode parameters = node.putArray("parameters");
    members.path().forEach((name, type) -> parameters.add(parameter("path", name, type, schemas)));
    if (operation.method().hasBody()) {
      node.putObject("requestBody")
          .putObject("content")
          .putObject("application/json")
          .set("schema", body(operation, members));
    } else {
      new TreeMap<>(members.query())
          .forEach((name, type) -> parameters.add(parameter("query", name, type, schemas)));
    }
    answers(node, operation, schemas);
    return node;
  }

  private static ObjectNode parameter(
      String in, String name, Class<?> type, SchemaBuilder schemas) {
    ObjectNode parameter = NODES.objectNode();
    parameter.put("name", name).put("in", in).put("required", in.equals("path"));
    parameter.set("schema", schemas.createSchemaReference(type));
    return parameter;
  }

  /** The input's schema without the members that stand in the path. */
  private static ObjectNode body(Operation<?, ?> operation, InputMembers members) {
    ObjectNode schema = RecordSchemas.inline(operation.input());
    if (schema.get("properties") instanceof ObjectNode properties) {
      properties.remove(members.path().keySet());
    }
    if (schema.get("required") instanceof ArrayNode required) {
      required.removeIf(name -> members.path().containsKey(name.textValue()));
    }
    return schema;
  }

  private static void answers(ObjectNode node, Operation<?, ?> operation, SchemaBuilder schemas) {
    ObjectNode answers = node.putObject("responses");
    ObjectNode success = answers.putObject("200").put("description", "done");
    success
        .putObject("content")
        .putObject("application/json")
        .set("schema", schemas.createSchemaReference(operation.output()));
    answers.putObject("default").put("description", "refused or failed");
  }
}
