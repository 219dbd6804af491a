package io.gatehouse.platform.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import io.gatehouse.platform.access.Authenticator;
import io.gatehouse.platform.access.Scheme;
import io.gatehouse.platform.operation.Content;
import io.gatehouse.platform.operation.InputMembers;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.OperationCatalog;
import io.gatehouse.platform.protocol.Protocol;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the OpenAPI 3.1 document of an API; its schemas are read from the records of operations.
 */
public final class OpenApiDocument {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonNode TEXT = NODES.objectNode().put("type", "string");
  private static final String SCHEMAS = "components/schemas";
  private static final int NO_CONTENT = 204;

  private final List<? extends Operation<?, ?>> operations;
  private final Protocol protocol;
  private final RecordSchemas recordSchemas;
  private byte @Nullable [] written;

  /** Of the operations of the protocol's API; others are left out. */
  public OpenApiDocument(OperationCatalog catalog, Protocol protocol) {
    this.operations =
        catalog.operations().stream()
            .filter(operation -> operation.api().equals(protocol.api()))
            .toList();
    this.protocol = protocol;
    this.recordSchemas = new RecordSchemas(protocol.json());
  }

  /** The document; it is made once, when somebody first asks for it. */
  public synchronized byte[] write() {
    if (written == null) {
      written = make();
    }
    return written;
  }

  private byte[] make() {
    SchemaBuilder schemas = recordSchemas.ofResponses().buildMultipleSchemaDefinitions();
    ObjectNode document = NODES.objectNode();
    document.put("openapi", "3.1.0");
    document.set("info", NODES.objectNode().put("title", "Gatehouse").put("version", "1"));
    ObjectNode paths = document.putObject("paths");
    TreeMap<String, ObjectNode> sorted = new TreeMap<>();
    for (Operation<?, ?> operation : operations) {
      sorted
          .computeIfAbsent(operation.path().text(), path -> NODES.objectNode())
          .set(operation.method().name().toLowerCase(Locale.ROOT), describe(operation, schemas));
    }
    sorted.forEach(paths::set);
    ObjectNode components = document.putObject("components");
    components.set("schemas", schemas.collectDefinitions(SCHEMAS));
    addSecurity(document, components);
    return protocol.json().write(document);
  }

  private void addSecurity(ObjectNode document, ObjectNode components) {
    ObjectNode schemes = components.putObject("securitySchemes");
    ArrayNode security = document.putArray("security");
    for (Authenticator authenticator : protocol.authenticators()) {
      Scheme scheme = authenticator.scheme();
      String name = scheme.challenge().toLowerCase(Locale.ROOT);
      ObjectNode node = schemes.putObject(name);
      if (scheme.equals(Scheme.BEARER)) {
        node.put("type", "http").put("scheme", "bearer");
      } else {
        node.put("type", "apiKey").put("in", "header").put("name", scheme.header());
      }
      security.addObject().putArray(name);
    }
  }

  private ObjectNode describe(Operation<?, ?> operation, SchemaBuilder schemas) {
    ObjectNode node = NODES.objectNode();
    node.put("operationId", operation.id());
    node.put("summary", operation.summary());
    node.putArray("tags").add(operation.tag());
    ObjectNode input = recordSchemas.ofInput(operation.input());
    ArrayNode parameters = node.putArray("parameters");
    protocol
        .versions()
        .header()
        .ifPresent(name -> parameters.add(parameter("header", name, false, TEXT)));
    addInput(operation, input, parameters, node);
    ObjectNode responses = node.putObject("responses");
    addSuccess(operation, responses, schemas);
    content(
        responses.putObject("default").put("description", "refused or failed"),
        schemas.createSchemaReference(protocol.errors().type()));
    return node;
  }

  private void addInput(
      Operation<?, ?> operation, ObjectNode input, ArrayNode parameters, ObjectNode node) {
    for (String name : operation.path().parameters()) {
      parameters.add(parameter("path", name, true, take(input, name)));
    }
    InputMembers members = InputMembers.of(operation, protocol.json());
    members
        .headers()
        .forEach(
            (member, header) ->
                parameters.add(parameter("header", header, false, take(input, member))));
    if (!operation.hasBody()) {
      addQuery(parameters, input);
      return;
    }
    for (String name : members.query().keySet()) {
      if (name.indexOf('.') < 0) {
        parameters.add(parameter("query", name, false, take(input, name)));
      }
    }
    content(node.putObject("requestBody"), input);
  }

  private void addSuccess(Operation<?, ?> operation, ObjectNode responses, SchemaBuilder schemas) {
    ObjectNode success =
        responses.putObject(Integer.toString(operation.status())).put("description", "done");
    if (!Content.class.isAssignableFrom(operation.output()) && operation.status() != NO_CONTENT) {
      content(success, schemas.createSchemaReference(operation.output()));
    }
  }

  private void content(ObjectNode node, ObjectNode schema) {
    node.putObject("content").putObject(protocol.json().mediaType()).set("schema", schema);
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
