package io.gatehouse.platform.json;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The lists and maps of a type, at any depth, for which null may be given: official clients write
 * null for an empty one. What is absent stays absent, which a PATCH tells from empty.
 */
public final class NullLists {
  private record Member(List<String> spellings, JavaType type) {}

  private final JsonMapper mapper;
  private final JavaType root;
  private final Map<JavaType, List<Member>> members = new HashMap<>();

  private NullLists(JsonMapper mapper, Class<?> type) {
    this.mapper = mapper;
    this.root = mapper.constructType(type);
    explore(root);
  }

  /** Those of a type. */
  public static NullLists of(Class<?> type, JsonStyle format) {
    return new NullLists(format.mapper(), type);
  }

  /** Puts an empty list or map in the place of each null that stands for one. */
  public void makeEmpty(ObjectNode node) {
    visit(root, node);
  }

  private void explore(JavaType type) {
    if (type.getContentType() != null) {
      explore(type.getContentType());
    } else if (type.isRecordType() && !members.containsKey(type)) {
      List<BeanPropertyDefinition> properties =
          mapper.getDeserializationConfig().introspect(type).findProperties();
      members.put(type, properties.stream().map(NullLists::member).toList());
      properties.forEach(property -> explore(property.getPrimaryType()));
    }
  }

  private static Member member(BeanPropertyDefinition property) {
    Stream<String> aliases = property.findAliases().stream().map(PropertyName::getSimpleName);
    return new Member(
        Stream.concat(Stream.of(property.getName()), aliases).distinct().toList(),
        property.getPrimaryType());
  }

  private void visit(JavaType type, JsonNode node) {
    JavaType content = type.getContentType();
    if (content != null) {
      node.forEach(inner -> visit(content, inner));
    } else if (node instanceof ObjectNode object) {
      members
          .getOrDefault(type, List.of())
          .forEach(member -> member.spellings().forEach(name -> visitMember(member, name, object)));
    }
  }

  private void visitMember(Member member, String name, ObjectNode object) {
    JsonNode value = object.get(name);
    if (value == null) {
      return;
    }
    if (!value.isNull()) {
      visit(member.type(), value);
    } else if (member.type().isMapLikeType()) {
      object.putObject(name);
    } else if (member.type().isCollectionLikeType() || member.type().isArrayType()) {
      object.putArray(name);
    }
  }
}
