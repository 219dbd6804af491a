package io.gatehouse.directory.gateway;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Set;

/** How an attempt to call an upstream ended. */
sealed interface Outcome {
  /** It answered, whatever it said. */
  record Answered(int status, HttpHeaders headers, String body) implements Outcome {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    boolean isRedirect() {
      return REDIRECTS.contains(status);
    }

    /** It says that what was asked for is as the caller has it, who has nothing. */
    boolean isNotModified() {
      return status == 304;
    }

    boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  /** There was no connection, or it broke. */
  record Unreachable(String reason) implements Outcome {}

  /** It closed the connection while an answer was due, or within its answer. */
  record EndedEarly() implements Outcome {}

  record TimedOut(Duration after) implements Outcome {}

  record TooLarge(int maxBytes) implements Outcome {}
}
