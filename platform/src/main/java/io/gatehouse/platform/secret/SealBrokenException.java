package io.gatehouse.platform.secret;

/** Something sealed cannot be opened: another keyset, another owner, or changed bytes. */
public final class SealBrokenException extends RuntimeException {
  SealBrokenException(Throwable cause) {
    super("what was sealed cannot be opened with this keyset", cause);
  }
}
