package io.gatehouse.platform.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.Dialect;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.OperationCatalog;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the OpenAPI 3.1 document of all operations; its schemas are read from their records. */
public final class OpenApiDocument {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonNode TEXT = NODES.objectNode().put("type", "string");
  private static final String SCHEMAS = "components/schemas";

  private final OperationCatalog catalog;
  private final Map<Api, Dialect> dialects;
  private byte @Nullable [] written;

  public OpenApiDocument(OperationCatalog catalog, Map<Api, Dialect> dialects) {
    this.catalog = catalog;
    this.dialects = Map.copyOf(dialects);
  }

  /** The document; it is made once, when somebody first asks for it. */
  public synchronized byte[] write() {
    if (written == null) {
      written = make();
    }
    return written;
  }

  private byte[] make() {
    SchemaBuilder schemas = RecordSchemas.ofAnswers().buildMultipleSchemaDefinitions();
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

  private ObjectNode describe(Operation<?, ?> operation, SchemaBuilder schemas) {
    ObjectNode node = NODES.objectNode();
    node.put("operationId", operation.id());
    node.put("summary", operation.summary());
    node.putArray("tags").add(operation.tag());
    Dialect dialect = Objects.requireNonNull(dialects.get(operation.api()));
    ObjectNode input = RecordSchemas.ofInput(operation.input());
    ArrayNode parameters = node.putArray("parameters");
    parameters.add(parameter("header", dialect.versionHeader(), false, TEXT));
    for (String name : operation.path().parameters()) {
      parameters.add(parameter("path", name, true, take(input, name)));
    }
    if (operation.method().hasBody()) {
      content(node.putObject("requestBody"), input);
    } else {
      addQuery(parameters, input);
    }
    ObjectNode answers = node.putObject("responses");
    content(
        answers.putObject("200").put("description", "done"),
        schemas.createSchemaReference(operation.output()));
    content(
        answers.putObject("default").put("description", "refused or failed"),
        schemas.createSchemaReference(dialect.errorType()));
    return node;
  }

  private static void content(ObjectNode node, ObjectNode schema) {
    node.putObject("content").putObject("application/json").set("schema", schema);
  }

  private static ObjectNode parameter(String in, String name, boolean required, JsonNode schema) {
    ObjectNode parameter = NODES.objectNode();
    parameter.put("name", name).put("in", in).put("required", required);
    return parameter.set("schema", schema);
  }

  /** Takes a member out of an input's schema, because it does not stand in the body. */
  private static JsonNode take(ObjectNode input, String name) {
    if (input.get("required") instanceof ArrayNode required) {
      required.removeIf(one -> one.textValue().equals(name));
    }
    return ((ObjectNode) input.get("properties")).remove(name);
  }

  /** Members of a member go by both names with a dot; an open object takes any other name. */
  private static void addQuery(ArrayNode parameters, ObjectNode input) {
    Set<String> required = new HashSet<>();
    input.path("required").forEach(name -> required.add(name.textValue()));
    for (Map.Entry<String, JsonNode> member : input.path("properties").properties()) {
      String name = member.getKey();
      JsonNode schema = member.getValue();
      for (Map.Entry<String, JsonNode> inner : schema.path("properties").properties()) {
        parameters.add(parameter("query", name + "." + inner.getKey(), false, inner.getValue()));
      }
      if (!schema.has("properties")) {
        parameters.add(parameter("query", name, required.contains(name), schema));
      }
    }
  }
}
