package io.gatehouse.directory.gateway;

import java.net.http.HttpHeaders;
import java.time.Duration;

/** How an attempt to call an upstream ended. */
sealed interface Outcome {
  /** It answered, whatever it said. */
  record Answered(int status, HttpHeaders headers, String body) implements Outcome {
    boolean isRedirect() {
      return status >= 300 && status < 400;
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

  record TooLarge(int mostBytes) implements Outcome {}
}
