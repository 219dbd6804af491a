package io.gatehouse.platform.edge;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.ids.Uuids;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.json.JsonStyle;
import io.gatehouse.platform.json.NullLists;
import io.gatehouse.platform.json.Spellings;
import io.gatehouse.platform.operation.InputMembers;
import io.gatehouse.platform.operation.Operation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the input record of an operation is made: members of the body or query, with the path's
 * values over them, become one JSON object, and that becomes the record. Everything that can be
 * wrong with it is told as the member and the rule.
 */
final class Binding<I> {
  /** Stands for a malformed id in a path: no resource has it, so it is not found. */
  static final UUID NO_SUCH_ID = new UUID(0, 0);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][a-zA-Z0-9.]*");

  /** No operation needs more, and whatever is made from a body must be writable again. */
  static final int MAX_DEPTH = 100;

  /** Small things take much memory once they are read, so their number is limited too. */
  private static final ObjectReader BODY =
      Json.MAPPER
          .reader()
          .with(
              Json.MAPPER
                  .getFactory()
                  .rebuild()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxTokenCount(100_000)
                          .build())
                  .build());

  private final JsonStyle format;
  private final boolean hasBody;
  private final InputMembers members;
  private final Spellings spellings;
  private final NullLists nullLists;
  private final List<String> gathering;
  private final ObjectReader reader;

  Binding(Operation<I, ?> operation, JsonStyle format) {
    this.format = format;
    this.hasBody = operation.hasBody();
    this.members = InputMembers.of(operation, format);
    this.spellings = Spellings.of(operation.input(), format);
    this.nullLists = NullLists.of(operation.input(), format);
    this.gathering = gathering(operation.input());
    this.reader = format.mapper().readerFor(operation.input());
  }

  boolean hasBody() {
    return hasBody;
  }

  /** Whether the query may name this. */
  boolean hasParameter(String name) {
    boolean isCamelCase = CAMEL_CASE.matcher(name).matches();
    return members.query(isCamelCase ? format.memberName(name) : name).isPresent();
  }

  /** The members that come from a header, with the name of the header. */
  Map<String, String> headers() {
    return members.headers();
  }

  /** Puts body, query, headers and the path's values together. */
  ObjectNode collect(
      byte[] body,
      Map<String, List<String>> query,
      Map<String, String> headers,
      Map<String, String> pathValues) {
    ObjectNode node = hasBody ? object(body) : NODES.objectNode();
    if (hasBody) {
      node.remove(namedElsewhere(node));
    }
    query.forEach(
        (name, values) -> {
          if (!hasBody || hasParameter(name)) {
            addQuery(node, name, values);
          }
        });
    headers.forEach(node::put);
    if (!node.isEmpty()) {
      requireStorable("", node);
      node.remove(namedInPath(node, pathValues));
    }
    pathValues.forEach((name, value) -> node.set(name, pathValue(name, value)));
    return node;
  }

  /** What comes from the query or a header does not count in the body, in whichever spelling. */
  private List<String> namedElsewhere(ObjectNode node) {
    return node.propertyStream()
        .map(Map.Entry::getKey)
        .filter(
            name ->
                members.query(format.memberName(name)).isPresent()
                    || members.headers().containsKey(format.memberName(name)))
        .toList();
  }

  /** The record as far as the path tells it: whatever the body would say is absent. */
  I ofPath(Map<String, String> pathValues) {
    ObjectNode node = NODES.objectNode();
    pathValues.forEach((name, value) -> node.set(name, pathValue(name, value)));
    return convert(node);
  }

  /** Makes the record. */
  I convert(ObjectNode node) {
    spellings.findTwice(node).ifPresent(Binding::refuse);
    gathering.stream().filter(node::has).forEach(Binding::refuseGathering);
    nullLists.makeEmpty(node);
    try {
      return reader.readValue(node);
    } catch (IOException e) {
      throw InputErrors.explain(e);
    }
  }

  /** The names of the component that gathers unknown members; what is given by them gets lost. */
  private List<String> gathering(Class<?> input) {
    return Stream.of(input.getRecordComponents())
        .filter(component -> component.getAccessor().isAnnotationPresent(JsonAnySetter.class))
        .flatMap(
            component -> Stream.of(component.getName(), format.memberName(component.getName())))
        .toList();
  }

  private static void refuseGathering(String name) {
    throw GatehouseException.invalid(name, "is not supported here");
  }

  private static void refuse(Spellings.Twice twice) {
    throw GatehouseException.invalid(
        twice.member(), "must not be given a second time as '%s'".formatted(twice.other()));
  }

  private static ObjectNode object(byte[] body) {
    if (body.length == 0) {
      return NODES.objectNode();
    }
    try {
      if (BODY.readTree(body) instanceof ObjectNode object) {
        return object;
      }
      throw GatehouseException.invalid("body", "must be a JSON object");
    } catch (JsonProcessingException e) {
      throw InputErrors.notJson(e);
    } catch (IOException e) {
      throw GatehouseException.invalid("body", "cannot be read").causedBy(e);
    }
  }

  /** What is in the path counts, in whichever spelling something else says otherwise. */
  private List<String> namedInPath(ObjectNode node, Map<String, String> pathValues) {
    return node.propertyStream()
        .map(Map.Entry::getKey)
        .filter(name -> pathValues.containsKey(format.memberName(name)))
        .toList();
  }

  /** No store can keep a NUL or half a character, so no text or name may hold one. */
  private static void requireStorable(String member, JsonNode node) {
    if (node.isTextual() && !isStorable(node.textValue())) {
      throw GatehouseException.invalid(
          member, "must not have the NUL character or half of a surrogate pair");
    }
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      requireStorable(member + "[" + i + "]", node.get(i));
    }
    for (Map.Entry<String, JsonNode> inner : node.properties()) {
      if (!isStorable(inner.getKey())) {
        throw GatehouseException.invalid(
            member.isEmpty() ? "body" : member,
            "must not have names with the NUL character or half of a surrogate pair");
      }
      String prefix = member.isEmpty() ? "" : member + ".";
      requireStorable(prefix + inner.getKey(), inner.getValue());
    }
  }

  private static boolean isStorable(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
  }

  /** A name that we do not know is kept too: in an older version it may mean something. */
  private void addQuery(ObjectNode node, String name, List<String> values) {
    if (values.size() > 1) {
      throw GatehouseException.invalid(name, "is given more than once");
    }
    String value = values.isEmpty() ? "" : values.getFirst();
    if (value.isEmpty()) {
      return;
    }
    int dot = name.indexOf('.');
    ObjectNode parent = dot < 0 ? node : parent(node, name, name.substring(0, dot));
    Class<?> type =
        members.query(name).or(() -> members.query(format.memberName(name))).orElse(String.class);
    parent.set(name.substring(dot + 1), queryValue(name, value, type));
  }

  private static ObjectNode parent(ObjectNode node, String name, String parent) {
    if (node.has(parent) && !node.get(parent).isObject()) {
      throw GatehouseException.invalid(name, "clashes with '" + parent + "'");
    }
    return node.withObjectProperty(parent);
  }

  /** Query parameters are text; the member's type says what they stand for. */
  private static JsonNode queryValue(String name, String value, Class<?> type) {
    if (type != Boolean.class) {
      return NODES.textNode(value);
    }
    return switch (value) {
      case "true" -> NODES.booleanNode(true);
      case "false" -> NODES.booleanNode(false);
      default -> throw GatehouseException.invalid(name, "must be true or false");
    };
  }

  private JsonNode pathValue(String name, String value) {
    if (members.path().get(name) == UUID.class && Uuids.parse(value).isEmpty()) {
      return NODES.textNode(NO_SUCH_ID.toString());
    }
    return NODES.textNode(value);
  }
}
