package io.gatehouse.platform.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.gatehouse.platform.config.Suggestions;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.error.Violation;
import io.gatehouse.platform.secret.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in the words of the API what is wrong with an input: the member and the rule. */
final class InputErrors {
  private static final Map<Class<?>, String> EXPECTED =
      Map.of(
          String.class, "must be a string",
          Secret.class, "must be a string",
          Boolean.class, "must be true or false",
          Integer.class, "must be a whole number within 32 bits",
          Long.class, "must be a whole number within 64 bits",
          Instant.class, "must be a time as in RFC 3339",
          UUID.class, "must be a UUID");

  private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)'");

  /** The longest name of a member that is told back. */
  private static final int MAX_NAME = 64;

  private InputErrors() {}

  static GatehouseException notJson(JsonProcessingException e) {
    var at = e.getLocation();
    String where =
        at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
    return GatehouseException.invalid("body", rule(e) + where).causedBy(e);
  }

  private static String rule(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return "is nested too deep (at most %d levels), or has too many or too long values"
          .formatted(Binding.MAX_DEPTH);
    }
    Matcher duplicate = DUPLICATE.matcher(e.getOriginalMessage());
    if (!duplicate.lookingAt()) {
      return "is not valid JSON";
    }
    String name = duplicate.group(1);
    return name.length() > MAX_NAME ? "has a member twice" : "has the member '" + name + "' twice";
  }

  static GatehouseException explain(Exception e) {
    if (e instanceof JsonMappingException mapping) {
      return GatehouseException.invalid(List.of(violation(mapping))).causedBy(e);
    }
    return GatehouseException.invalid("body", "cannot be understood").causedBy(e);
  }

  private static String member(JsonMappingException e) {
    String member =
        e.getPath().stream()
            .map(
                at ->
                    at.getFieldName() == null ? "[" + at.getIndex() + "]" : "." + at.getFieldName())
            .collect(Collectors.joining());
    return member.isEmpty() ? "body" : member.substring(member.startsWith(".") ? 1 : 0);
  }

  private static Violation violation(JsonMappingException e) {
    Class<?> type =
        e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
    if (e.getCause() instanceof InputCoercionException coercion) {
      type = coercion.getTargetType() == int.class ? Integer.class : Long.class;
    }
    if (type != null && type.isEnum()) {
      Object given = e instanceof InvalidFormatException format ? format.getValue() : null;
      return noneOf(type, member(e), given);
    }
    return Violation.of(member(e), expected(type));
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "cannot be understood";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "must be a list";
    }
    return EXPECTED.getOrDefault(type, "must be an object");
  }

  private static Violation noneOf(Class<?> type, String member, @Nullable Object given) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
    String rule = "must be one of " + String.join(", ", Collections.nCopies(names.size(), "%s"));
    Optional<String> near =
        given instanceof String text && !text.isBlank() ? near(text, names) : Optional.empty();
    if (near.isEmpty()) {
      return new Violation(member, rule, names);
    }
    List<String> values = new ArrayList<>(names);
    values.addFirst(String.valueOf(given));
    values.addLast(near.get());
    return new Violation(member, "invalid value '%s': " + rule + "; did you mean '%s'?", values);
  }

  private static Optional<String> near(String given, List<String> names) {
    return names.stream()
        .filter(name -> given.endsWith("_" + name)) // drafts of the API had such prefixes
        .findFirst()
        .or(() -> Suggestions.nearest(given, names));
  }
}
