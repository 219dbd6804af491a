package io.gatehouse.platform.operation;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.gatehouse.platform.json.JsonStyle;
import io.gatehouse.platform.operation.From.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of an operation's input by the names that callers use, and their types.
 *
 * @param headers the members that come from a header, and its name
 */
public record InputMembers(
    Map<String, Class<?>> path, Map<String, Class<?>> query, Map<String, String> headers) {

  /** Members of a member are named with a dot in the query. */
  public static InputMembers of(Operation<?, ?> operation, JsonStyle format) {
    InputMembers members = new InputMembers(new HashMap<>(), new HashMap<>(), new HashMap<>());
    List<String> pathParameters = operation.path().parameters();
    Map<String, From> declared = InputSources.declared(operation.input());
    for (BeanPropertyDefinition member : properties(operation.input(), format)) {
      From from = declared.get(member.getInternalName());
      members.add(member, source(operation, member.getName(), from), from, format);
    }
    if (!members.path.keySet().containsAll(pathParameters)) {
      throw new IllegalStateException(operation + " lacks a member for a parameter of its path");
    }
    return members;
  }

  private static Source source(Operation<?, ?> operation, String name, @Nullable From from) {
    if (from != null) {
      return from.value();
    }
    if (operation.path().parameters().contains(name)) {
      return Source.PATH;
    }
    return operation.method().hasBody() ? Source.BODY : Source.QUERY;
  }

  private void add(
      BeanPropertyDefinition member, Source source, @Nullable From from, JsonStyle format) {
    Class<?> type = member.getRawPrimaryType();
    switch (source) {
      case PATH -> path.put(member.getName(), type);
      case QUERY -> addQuery(member, type, format);
      case HEADER -> headers.put(member.getName(), Objects.requireNonNull(from).header());
      case BODY -> {}
    }
  }

  private void addQuery(BeanPropertyDefinition member, Class<?> type, JsonStyle format) {
    if (!type.isRecord()) {
      query.put(member.getName(), type);
      return;
    }
    for (BeanPropertyDefinition nested : properties(type, format)) {
      query.put(member.getName() + "." + nested.getName(), nested.getRawPrimaryType());
    }
  }

  private static List<BeanPropertyDefinition> properties(Class<?> type, JsonStyle format) {
    JavaType javaType = format.mapper().constructType(type);
    BeanDescription description = format.mapper().getDeserializationConfig().introspect(javaType);
    return description.findProperties();
  }

  /** The type of a member that the query may name; empty when there is none of that name. */
  public Optional<Class<?>> query(String name) {
    return Optional.ofNullable(query.get(name));
  }
}
