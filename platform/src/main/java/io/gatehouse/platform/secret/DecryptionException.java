package io.gatehouse.platform.secret;

/** Something sealed cannot be opened: another keyset, another owner, or changed bytes. */
public final class DecryptionException extends RuntimeException {
  DecryptionException(Throwable cause) {
    super("what was sealed cannot be opened with this keyset", cause);
  }
}
