package io.gatehouse.platform.openapi;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import io.gatehouse.platform.json.JsonStyle;
import io.gatehouse.platform.secret.Secret;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How records and the constraints on their components become JSON Schema. */
final class RecordSchemas {
  private static final List<String> NUMBERS_ONLY =
      List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

  private final JsonStyle style;

  RecordSchemas(JsonStyle style) {
    this.style = style;
  }

  /** What is answered: a member that is never null is always there. */
  SchemaGenerator ofResponses() {
    SchemaGeneratorConfigBuilder config = config();
    config
        .forFields()
        .withRequiredCheck(field -> !isNullable(field) || isWrittenWhenNull(field))
        .withNullableCheck(RecordSchemas::isWrittenWhenNull);
    return new SchemaGenerator(config.build());
  }

  /** What is asked, without references: only one operation has this input. */
  ObjectNode ofInput(Class<?> type) {
    SchemaGeneratorConfigBuilder config = config().with(Option.INLINE_ALL_SCHEMAS);
    return new SchemaGenerator(config.build()).generateSchema(type);
  }

  private SchemaGeneratorConfigBuilder config() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(
            style.mapper(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON);
    config.without(Option.SCHEMA_VERSION_INDICATOR);
    config.with(new JacksonModule());
    config.with(
        new JakartaValidationModule(JakartaValidationOption.NOT_NULLABLE_FIELD_IS_REQUIRED));
    config.forTypesInGeneral().withCustomDefinitionProvider(RecordSchemas::ofOpenType);
    config
        .forFields()
        .withPropertyNameOverrideResolver(this::name)
        .withTargetTypeOverridesResolver(RecordSchemas::target)
        .withStringPatternResolver(RecordSchemas::pattern)
        .withInstanceAttributeOverride(RecordSchemas::dropNumbersOfText);
    return config;
  }

  /** Maps by the type of their values; a JsonNode is anything. */
  private static @Nullable CustomDefinition ofOpenType(
      ResolvedType type, SchemaGenerationContext context) {
    ObjectNode schema = context.getGeneratorConfig().createObjectNode();
    if (type.isInstanceOf(Map.class)) {
      ResolvedType value = type.typeParametersFor(Map.class).get(1);
      boolean secret = value.getErasedType() == Secret.class;
      schema.put("type", "object");
      schema.set(
          "additionalProperties",
          context.createDefinitionReference(
              secret ? context.getTypeContext().resolve(String.class) : value));
    } else if (!type.isInstanceOf(JsonNode.class)) {
      return null;
    }
    return new CustomDefinition(schema, DefinitionType.INLINE, AttributeInclusion.YES);
  }

  private @Nullable String name(FieldScope field) {
    return field.getRawMember().isAnnotationPresent(JsonProperty.class)
        ? null
        : style.memberName(field.getDeclaredName());
  }

  /** Secrets, and numbers that are written as text, are text. */
  private static @Nullable List<ResolvedType> target(FieldScope field) {
    boolean text = field.getType().getErasedType() == Secret.class || isNumberWrittenAsText(field);
    return text ? List.of(field.getContext().resolve(String.class)) : null;
  }

  private static boolean isNumberWrittenAsText(FieldScope field) {
    JsonFormat format = field.getAnnotationConsideringFieldAndGetter(JsonFormat.class);
    return format != null && format.shape() == JsonFormat.Shape.STRING;
  }

  private static void dropNumbersOfText(
      ObjectNode schema, FieldScope field, SchemaGenerationContext context) {
    if (isNumberWrittenAsText(field)) {
      schema.remove(NUMBERS_ONLY);
      schema.put("format", "int64");
    }
  }

  /** A constraint speaks of the whole text, a pattern of JSON Schema of any part of it. */
  private static @Nullable String pattern(FieldScope field) {
    Pattern pattern = field.getAnnotationConsideringFieldAndGetter(Pattern.class);
    return pattern == null ? null : "^(?:" + pattern.regexp() + ")$";
  }

  private static boolean isNullable(FieldScope field) {
    return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static boolean isWrittenWhenNull(FieldScope field) {
    return field.getRawMember().isAnnotationPresent(JsonInclude.class);
  }
}
