package io.gatehouse.directory.gateway;

import io.gatehouse.directory.gateway.Outcome.Answered;
import io.gatehouse.directory.gateway.Outcome.EndedEarly;
import io.gatehouse.directory.gateway.Outcome.TimedOut;
import io.gatehouse.directory.gateway.Outcome.TooLarge;
import io.gatehouse.directory.gateway.Outcome.Unreachable;
import io.gatehouse.platform.secret.Secret;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes secrets out of what an upstream sent back, so that one that echoes its request leaks none.
 * A secret is found as it is and with any of its characters escaped as JSON escapes them.
 */
final class Redaction {
  /** What is shorter is no secret worth the name, and may be a part of any word. */
  private static final int LEAST_CHARACTERS = 8;

  private static final String REDACTED = "***";

  /** The longest first: one may be a part of another. */
  private final List<String> secrets;

  Redaction(Collection<Secret> secrets) {
    this.secrets =
        secrets.stream()
            .map(Secret::reveal)
            .filter(secret -> secret.length() >= LEAST_CHARACTERS)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  Outcome of(Outcome outcome) {
    return switch (outcome) {
      case Answered(int status, var headers, String body) ->
          new Answered(status, headers, redact(body));
      case Unreachable(String reason) -> new Unreachable(redact(reason));
      case EndedEarly endedEarly -> endedEarly;
      case TimedOut timedOut -> timedOut;
      case TooLarge tooLarge -> tooLarge;
    };
  }

  private String redact(String text) {
    String redacted = text;
    for (String secret : secrets) {
      redacted = redacted.replace(secret, REDACTED);
      if (redacted.indexOf('\\') >= 0) { // else nothing can be escaped, and a look is cheap
        redacted = escaped(secret).matcher(redacted).replaceAll(REDACTED);
      }
    }
    return redacted;
  }

  private static Pattern escaped(String secret) {
    return Pattern.compile(
        secret.chars().mapToObj(c -> escaped((char) c)).collect(Collectors.joining()));
  }

  private static String escaped(char c) {
    String hexadecimal = "%04x".formatted((int) c);
    return "(?:\\\\?" + Pattern.quote(String.valueOf(c)) + "|\\\\u(?i:" + hexadecimal + "))";
  }
}
