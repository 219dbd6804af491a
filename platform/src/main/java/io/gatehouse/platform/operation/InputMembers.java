package io.gatehouse.platform.operation;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.gatehouse.platform.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of an input record by the names that callers use, and their types. */
public record InputMembers(Map<String, Class<?>> path, Map<String, Class<?>> query) {

  /** Members named in the path are the path's; the others, nested ones with a dot, the query's. */
  public static InputMembers of(Class<?> input, List<String> pathParameters) {
    Map<String, Class<?>> path = new HashMap<>();
    Map<String, Class<?>> query = new HashMap<>();
    for (BeanPropertyDefinition member : properties(input)) {
      Class<?> type = member.getRawPrimaryType();
      if (pathParameters.contains(member.getName())) {
        path.put(member.getName(), type);
      } else if (type.isRecord()) {
        properties(type)
            .forEach(
                nested ->
                    query.put(
                        member.getName() + "." + nested.getName(), nested.getRawPrimaryType()));
      } else {
        query.put(member.getName(), type);
      }
    }
    if (!path.keySet().containsAll(pathParameters)) {
      throw new IllegalStateException(input + " lacks a member for a parameter of its path");
    }
    return new InputMembers(path, query);
  }

  private static List<BeanPropertyDefinition> properties(Class<?> type) {
    JavaType javaType = Json.MAPPER.constructType(type);
    BeanDescription description = Json.MAPPER.getDeserializationConfig().introspect(javaType);
    return description.findProperties();
  }

  /** The type of a member that the query may name; empty when there is none of that name. */
  public Optional<Class<?>> query(String name) {
    return Optional.ofNullable(query.get(name));
  }
}
