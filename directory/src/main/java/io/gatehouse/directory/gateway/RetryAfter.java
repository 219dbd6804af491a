package io.gatehouse.directory.gateway;

import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.gateway.Outcome.Answered;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** When an upstream asks to be called again: after so many seconds, or at a time. */
final class RetryAfter {
  /** Longer waits are as good as for ever, and do not overflow. */
  private static final Duration MAX = Duration.ofDays(1);

  private static final int MAX_DIGITS = 18;

  private RetryAfter() {}

  /** How long to wait from now; empty when the answer does not say. */
  static Optional<Duration> of(Connector connector, Answered answered, Clock clock) {
    return answered
        .headers()
        .firstValue(connector.rateLimit().retryAfter())
        .flatMap(text -> parse(text.strip(), clock))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .map(wait -> wait.compareTo(MAX) > 0 ? MAX : wait);
  }

  private static Optional<Duration> parse(String text, Clock clock) {
    if (text.matches("\\d+")) {
      return Optional.of(seconds(text));
    }
    try {
      return Optional.of(Duration.between(clock.instant(), time(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A number that is too long to read stands for a wait that is too long to keep. */
  private static Duration seconds(String digits) {
    return digits.length() > MAX_DIGITS ? MAX : Duration.ofSeconds(Long.parseLong(digits));
  }

  private static ZonedDateTime time(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
  }
}
