package io.gatehouse.platform.openapi;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.secret.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How records and the constraints on their components become JSON Schema. */
final class RecordSchemas {
  private static final PropertyNamingStrategies.SnakeCaseStrategy SNAKE_CASE =
      new PropertyNamingStrategies.SnakeCaseStrategy();

  private RecordSchemas() {}

  static SchemaGenerator generator(Option... options) {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(
            Json.MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON);
    config.without(Option.SCHEMA_VERSION_INDICATOR);
    for (Option option : options) {
      config.with(option);
    }
    config.with(new JacksonModule());
    config.with(
        new JakartaValidationModule(
            JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS,
            JakartaValidationOption.NOT_NULLABLE_FIELD_IS_REQUIRED));
    config.forFields().withPropertyNameOverrideResolver(RecordSchemas::name);
    config.forFields().withTargetTypeOverridesResolver(RecordSchemas::target);
    return new SchemaGenerator(config.build());
  }

  /** A schema without references, for a type that only one operation uses. */
  static ObjectNode inline(Class<?> type) {
    return generator(Option.INLINE_ALL_SCHEMAS).generateSchema(type);
  }

  private static @Nullable String name(FieldScope field) {
    return field.getRawMember().isAnnotationPresent(JsonProperty.class)
        ? null
        : SNAKE_CASE.translate(field.getDeclaredName());
  }

  /** Secrets, and numbers that are written as text, are text. */
  private static @Nullable List<ResolvedType> target(FieldScope field) {
    JsonFormat format = field.getAnnotationConsideringFieldAndGetter(JsonFormat.class);
    boolean text =
        field.getType().getErasedType() == Secret.class
            || (format != null && format.shape() == JsonFormat.Shape.STRING);
    return text ? List.of(field.getContext().resolve(String.class)) : null;
  }
}
