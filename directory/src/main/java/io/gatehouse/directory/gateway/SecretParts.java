package io.gatehouse.directory.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A secret and those of its parts that are secrets themselves, as an upstream may send back no more
 * than one: the token of {@code Bearer token}, the password of {@code user:password} (also in the
 * base64 of {@code Basic}), and what follows the last underscore of a key with a public part, such
 * as {@code CCDB1_public_secret}.
 */
final class SecretParts {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z-]{2,15} +(\\S+)");
  private static final Pattern USER = Pattern.compile("[^:]*:(.+)", Pattern.DOTALL);

  /** Shorter ones may be a word of a name that is written with underscores. */
  private static final Pattern PUBLIC_PART = Pattern.compile("[\\w-]*_([0-9A-Za-z-]{16,})");

  private SecretParts() {}

  static Set<String> of(String secret) {
    Set<String> parts = new LinkedHashSet<>();
    add(secret, parts);
    return parts;
  }

  private static void add(String part, Set<String> parts) {
    if (part.length() < Redaction.MIN_CHARACTERS || !parts.add(part)) {
      return;
    }
    find(SCHEME, part)
        .ifPresent(
            token -> {
              add(token, parts);
              decoded(token).ifPresent(pair -> add(pair, parts));
            });
    find(USER, part).ifPresent(password -> add(password, parts));
    find(PUBLIC_PART, part).ifPresent(rest -> add(rest, parts));
  }

  private static Optional<String> find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** What a token of {@code Basic} holds; empty when it is no such token. */
  private static Optional<String> decoded(String token) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(token), UTF_8))
          .filter(pair -> pair.indexOf(':') >= 0);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
