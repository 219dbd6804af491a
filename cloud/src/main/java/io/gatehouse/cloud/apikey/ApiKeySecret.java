package io.gatehouse.cloud.apikey;

import io.gatehouse.platform.secret.Secret;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secret of an API key: {@code CCDB1_}, 22 letters and digits that are its public part with the
 * prefix, an underscore, and 40 letters and digits (BEHAVIOUR.md, 5).
 *
 * @param id the public part, by which the key is found
 * @param secret the whole, which is shown once
 */
public record ApiKeySecret(String id, Secret secret) {
  private static final Pattern SHAPE = Pattern.compile("(CCDB1_[0-9A-Za-z]{22})_[0-9A-Za-z]{40}");
  private static final Pattern ID = Pattern.compile("CCDB1_[0-9A-Za-z]{22}");
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  public static final String SHAPE_RULE =
      "must be CCDB1_, 22 letters and digits, an underscore, and 40 letters and digits";

  /** Reads what someone presents; empty when it has not the shape of a key. */
  public static Optional<ApiKeySecret> read(Secret presented) {
    Matcher matcher = SHAPE.matcher(presented.reveal());
    return matcher.matches()
        ? Optional.of(new ApiKeySecret(matcher.group(1), presented))
        : Optional.empty();
  }

  /** Whether a key of this id could be there at all. */
  static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  /** A new one that nobody can guess. */
  public static ApiKeySecret generate() {
    String id = "CCDB1_" + random(22);
    return new ApiKeySecret(id, Secret.of(id + "_" + random(40)));
  }

  private static String random(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
