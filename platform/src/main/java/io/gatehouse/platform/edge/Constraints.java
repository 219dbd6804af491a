package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.error.Violation;
import io.gatehouse.platform.json.JsonStyle;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Locale;
import java.util.Set;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** Checks the rules that stand on an input record's components; all violations in one answer. */
final class Constraints {
  private static final int MAX_SHOWN = 64;

  private final Validator validator =
      Validation.byProvider(HibernateValidator.class)
          .configure()
          .messageInterpolator(
              new ParameterMessageInterpolator(
                  Set.of(Locale.ENGLISH), Locale.ENGLISH, context -> Locale.ENGLISH, false))
          .buildValidatorFactory()
          .getValidator();

  /** Names the members as their format does. */
  void check(Object input, JsonStyle format) {
    Set<ConstraintViolation<Object>> violations = validator.validate(input);
    if (!violations.isEmpty()) {
      throw GatehouseException.invalid(
          violations.stream()
              .map(
                  broken ->
                      Violation.of(member(broken.getPropertyPath(), format), broken.getMessage()))
              .toList());
    }
  }

  /** As in {@code spec.region_nodes[us-east1]}; a node tells where the one before it holds it. */
  private static String member(Path path, JsonStyle format) {
    StringBuilder member = new StringBuilder();
    for (Path.Node node : path) {
      Object at = node.getIndex() != null ? node.getIndex() : node.getKey();
      if (at != null) {
        member.append('[').append(shortened(at)).append(']');
      }
      String name = name(node, format);
      member.append(member.isEmpty() || name.isEmpty() ? "" : ".").append(name);
    }
    return member.toString();
  }

  /** A key is what a caller wrote, however long. */
  private static String shortened(Object key) {
    String text = key.toString();
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  private static String name(Path.Node node, JsonStyle format) {
    String name = node.getName();
    return name == null || name.startsWith("<") ? "" : format.memberName(name);
  }
}
