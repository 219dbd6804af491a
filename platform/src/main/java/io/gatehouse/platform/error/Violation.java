package io.gatehouse.platform.error;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A rule that a member of an input broke. Both name what the newest version of an API has; an older
 * version translates them for its callers.
 *
 * @param member as in {@code roles[0].resource.id}
 * @param rule what is wrong; where there are values, a format with a {@code %s} for each
 * @param values values of the member that the rule names, as in {@code must be one of %s, %s}
 */
public record Violation(String member, String rule, List<String> values) {
  public Violation {
    values = List.copyOf(values);
  }

  /** A rule that names no values of the member. */
  public static Violation of(String member, String rule) {
    return new Violation(member, rule, List.of());
  }

  /** The same rule under another name of the member. */
  public Violation at(String otherMember) {
    return new Violation(otherMember, rule, values);
  }

  /** The same rule with its values spelled in another way. */
  public Violation spelled(UnaryOperator<String> spelling) {
    return new Violation(member, rule, values.stream().map(spelling).toList());
  }

  /** The member and the rule, as callers read them. */
  public String message() {
    return member + ": " + (values.isEmpty() ? rule : rule.formatted(values.toArray()));
  }
}
