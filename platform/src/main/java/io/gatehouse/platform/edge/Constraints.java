package io.gatehouse.platform.edge;

import io.gatehouse.platform.error.ErrorCode;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** Checks the rules that stand on an input record's components; all violations in one answer. */
final class Constraints {
  private final Validator validator =
      Validation.byProvider(HibernateValidator.class)
          .configure()
          .messageInterpolator(
              new ParameterMessageInterpolator(
                  Set.of(Locale.ENGLISH), Locale.ENGLISH, context -> Locale.ENGLISH, false))
          .buildValidatorFactory()
          .getValidator();

  void check(Object input) {
    Set<ConstraintViolation<Object>> violations = validator.validate(input);
    if (!violations.isEmpty()) {
      String rules =
          violations.stream()
              .map(violation -> member(violation.getPropertyPath()) + ": " + violation.getMessage())
              .sorted()
              .collect(Collectors.joining("; "));
      throw ErrorCode.INVALID_ARGUMENT.with("rule", rules);
    }
  }

  private static String member(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(Constraints::name)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.joining("."));
  }

  private static String name(Path.Node node) {
    String name = node.getName() == null || node.getName().startsWith("<") ? "" : node.getName();
    String snake = name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    Object at = node.getIndex() != null ? node.getIndex() : node.getKey();
    return at == null ? snake : snake + "[" + at + "]";
  }
}
