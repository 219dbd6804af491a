package io.gatehouse.cloud.version;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.error.Violation;
import io.gatehouse.platform.operation.Operation;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * One thing that was different in a version, against the next newer one.
 *
 * @param name what was different, in the words of a changelog
 * @param up lifts a request to the newer form
 * @param down brings an answer to the older form
 * @param errors says a broken rule of the newer form in terms of the older one
 */
record VersionChange(String name, Step up, Step down, UnaryOperator<Violation> errors) {

  /** Changes a request or an answer in place. */
  @FunctionalInterface
  interface Step {
    void apply(Operation<?, ?> operation, ObjectNode node);
  }

  private static final Step SAME = (operation, node) -> {};

  static VersionChange inRequests(String name, Step up) {
    return new VersionChange(name, up, SAME, UnaryOperator.identity());
  }

  static VersionChange inAnswers(String name, Step down) {
    return new VersionChange(name, SAME, down, UnaryOperator.identity());
  }

  /** The same change, told of in errors as well. */
  VersionChange inErrors(UnaryOperator<Violation> told) {
    return new VersionChange(name, up, down, told);
  }

  /** Members of an object had other names in requests; {@code names} are older name, newer name. */
  static VersionChange renamed(String name, String holder, Map<String, String> names) {
    return inRequests(
            name,
            (operation, request) -> {
              if (request.get(holder) instanceof ObjectNode object) {
                names.forEach((older, newer) -> Members.move(object, older, newer));
              }
            })
        .inErrors(broken -> olderName(broken, holder, names));
  }

  private static Violation olderName(Violation broken, String holder, Map<String, String> names) {
    return names.entrySet().stream()
        .filter(renamed -> broken.member().equals(holder + "." + renamed.getValue()))
        .findFirst()
        .map(renamed -> broken.at(holder + "." + renamed.getKey()))
        .orElse(broken);
  }

  /** The same change, whose errors name the values of some members with a prefix. */
  VersionChange prefixedInErrors(Pattern members, String prefix) {
    return inErrors(
        broken ->
            members.matcher(broken.member()).matches() ? broken.spelled(prefix::concat) : broken);
  }
}
