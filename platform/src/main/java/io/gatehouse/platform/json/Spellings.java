package io.gatehouse.platform.json;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of a type, at any depth, that are accepted in more than one spelling. Whoever gives
 * one of them twice means two things, and only one of them could count. The free names of a map are
 * no members.
 */
public final class Spellings {
  private record Member(String name, List<String> spellings, JavaType type) {}

  /** A member that is given twice: where it is, in the spelling of this API, and the other one. */
  public record Twice(String member, String other) {}

  private final JsonMapper mapper;
  private final JavaType root;
  private final Map<JavaType, List<Member>> members = new HashMap<>();

  private Spellings(JsonMapper mapper, Class<?> type) {
    this.mapper = mapper;
    this.root = mapper.constructType(type);
    explore(root);
  }

  /** Those of a type. */
  public static Spellings of(Class<?> type, JsonStyle format) {
    return new Spellings(format.mapper(), type);
  }

  /** The first member that is given twice. */
  public Optional<Twice> findTwice(JsonNode node) {
    return find("", root, node);
  }

  private void explore(JavaType type) {
    if (type.getContentType() != null) {
      explore(type.getContentType());
    } else if (type.isRecordType() && !members.containsKey(type)) {
      List<Member> found = new ArrayList<>();
      members.put(type, found);
      mapper
          .getDeserializationConfig()
          .introspect(type)
          .findProperties()
          .forEach(
              property -> {
                List<String> spellings = new ArrayList<>(List.of(property.getName()));
                property.findAliases().forEach(alias -> spellings.add(alias.getSimpleName()));
                JavaType inner = property.getPrimaryType();
                found.add(
                    new Member(property.getName(), spellings.stream().distinct().toList(), inner));
                explore(inner);
              });
    }
  }

  private Optional<Twice> find(String path, JavaType type, JsonNode node) {
    JavaType content = type.getContentType();
    if (content == null) {
      return node.isObject() ? findInRecord(path, type, node) : Optional.empty();
    }
    if (!node.isContainerNode()) {
      return Optional.empty();
    }
    if (node.isObject() && !type.isMapLikeType()) {
      return find(path, content, node); // a reference, or a list of one that is no list
    }
    return findInside(path, content, node);
  }

  private Optional<Twice> findInside(String path, JavaType content, JsonNode node) {
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      Optional<Twice> found = find(path + "[" + i + "]", content, node.get(i));
      if (found.isPresent()) {
        return found;
      }
    }
    return node.propertyStream()
        .map(inner -> find(path + "[" + inner.getKey() + "]", content, inner.getValue()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Twice> findInRecord(String path, JavaType type, JsonNode node) {
    for (Member member : members.getOrDefault(type, List.of())) {
      String here = path.isEmpty() ? member.name() : path + "." + member.name();
      List<String> given = given(member, node);
      if (given.size() > 1) {
        return Optional.of(new Twice(here, given.getLast()));
      }
      Optional<Twice> inside =
          given.isEmpty()
              ? Optional.empty()
              : find(here, member.type(), node.get(given.getFirst()));
      if (inside.isPresent()) {
        return inside;
      }
    }
    return Optional.empty();
  }

  /** The spellings in which a member is given; every request asks, so without a stream. */
  private static List<String> given(Member member, JsonNode node) {
    List<String> given = new ArrayList<>(2);
    for (String spelling : member.spellings()) {
      if (node.has(spelling)) {
        given.add(spelling);
      }
    }
    return given;
  }
}
