package io.gatehouse.platform.access;

import io.gatehouse.platform.secret.Secret;
import java.util.List;
import java.util.Optional;

/**
 * Where a request carries a credential: in a header, after a word that names the scheme.
 *
 * @param header the name of the header
 * @param word what the credential follows, in whatever case; empty when the header holds nothing
 *     else
 */
public record Scheme(String header, String word) {
  public static final Scheme BEARER = authorization("Bearer");

  /** The scheme of this name in the header {@code Authorization}. */
  public static Scheme authorization(String name) {
    return new Scheme("Authorization", name);
  }

  /** A header that holds the credential alone. */
  public static Scheme header(String name) {
    return new Scheme(name, "");
  }

  /** What {@code WWW-Authenticate} offers for it. */
  public String challenge() {
    return word.isEmpty() ? header : word;
  }

  /**
   * Reads the credential out of the values of its header. Of two that are presented neither counts:
   * something on the way may have looked at the other.
   */
  public Optional<Secret> read(List<String> values) {
    if (values.size() != 1) {
      return Optional.empty();
    }
    String value = values.getFirst();
    if (word.isEmpty()) {
      return Optional.of(Secret.of(value.strip()));
    }
    String prefix = word + " ";
    return value.regionMatches(true, 0, prefix, 0, prefix.length())
        ? Optional.of(Secret.of(value.substring(prefix.length()).strip()))
        : Optional.empty();
  }
}
