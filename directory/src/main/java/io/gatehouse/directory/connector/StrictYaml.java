package io.gatehouse.directory.connector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads YAML into records; a member that is unknown, missing or given twice is an error. */
final class StrictYaml {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private StrictYaml() {}

  /**
   * Reads one document.
   *
   * @throws IllegalArgumentException naming the member and what is wrong with it
   */
  static <T> T read(String text, TypeReference<T> type) {
    T value = parse(text, type);
    requireComplete(value, "the file");
    return value;
  }

  private static <T> T parse(String text, TypeReference<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage() + " at " + e.getPathReference(), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /** Every member must be there unless its record says that it may be null. */
  private static void requireComplete(@Nullable Object value, String name) {
    switch (value) {
      case null -> throw new IllegalArgumentException("'" + name + "' is missing");
      case Record members -> requireMembers(members);
      case Collection<?> items -> items.forEach(item -> requireComplete(item, name));
      case Map<?, ?> entries ->
          entries.forEach((key, item) -> requireComplete(item, String.valueOf(key)));
      default -> {}
    }
  }

  private static void requireMembers(Record members) {
    for (RecordComponent component : members.getClass().getRecordComponents()) {
      Object member = memberOf(members, component);
      if (member != null || !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        requireComplete(
            member,
            PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.getName()));
      }
    }
  }

  private static @Nullable Object memberOf(Record members, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(members);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
