package io.gatehouse.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.platform.error.GatehouseException;
import java.net.URLDecoder;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The query parameters that are said to this API and not to an upstream: their names begin alike.
 * Each changes what the answer means, so one that is not supported is refused: who does not notice
 * that it had no effect would take the answer for another.
 */
final class ReservedParameters {
  /** How often a name may be percent-encoded over and over and is still known. */
  private static final int MAX_LAYERS = 4;

  /** At the beginning of a name or of any part of it, in whatever spelling. */
  private static final Pattern OWN =
      Pattern.compile("(?:^|[^a-z0-9])truto(?:[^a-z0-9]|$)", Pattern.CASE_INSENSITIVE);

  private static final Pattern OWN_IN_CAMEL_CASE = Pattern.compile("(?:^|[^a-zA-Z0-9])truto[A-Z]");

  private ReservedParameters() {}

  /** Refuses a parameter that an operation does not know though it is said to this API. */
  static void requireOther(String name) {
    if (isOwn(name)) {
      throw GatehouseException.invalid(CallersText.shortened(name), "is not supported here");
    }
  }

  private static boolean isOwn(String name) {
    String plain = name;
    for (int layer = 0; layer < MAX_LAYERS && plain.indexOf('%') >= 0; layer++) {
      plain = decoded(plain);
    }
    String normal = Normalizer.normalize(plain, Normalizer.Form.NFKC);
    return OWN.matcher(normal).find() || OWN_IN_CAMEL_CASE.matcher(normal).find();
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, UTF_8);
    } catch (IllegalArgumentException e) {
      return name.replaceFirst("%(?![0-9a-fA-F]{2})", "");
    }
  }
}
