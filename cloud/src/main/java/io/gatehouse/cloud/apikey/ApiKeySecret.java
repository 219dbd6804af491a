package io.gatehouse.cloud.apikey;

import io.gatehouse.platform.secret.Secret;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The secret of an API key: {@code CCDB1_}, 22 letters and digits that are its public part with the
 * prefix, an underscore, and 40 letters and digits.
 *
 * @param id the public part, by which the key is found
 * @param secret the whole, which is shown once
 */
public record ApiKeySecret(String id, Secret secret) {
  private static final String PREFIX = "CCDB1_";
  private static final int RANDOM_OF_ID = 22;
  private static final int RANDOM_OF_SECRET = 40;
  private static final int ID_LENGTH = PREFIX.length() + RANDOM_OF_ID;
  private static final int LENGTH = ID_LENGTH + 1 + RANDOM_OF_SECRET;
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  public static final String SHAPE_RULE =
      "must be CCDB1_, 22 letters and digits, an underscore, and 40 letters and digits";

  /** Reads what someone presents; empty when it has not the shape of a key. */
  public static Optional<ApiKeySecret> read(Secret presented) {
    String text = presented.reveal();
    if (text.length() != LENGTH
        || text.charAt(ID_LENGTH) != '_'
        || !isRandom(text, ID_LENGTH + 1)) {
      return Optional.empty();
    }
    return Optional.of(text.substring(0, ID_LENGTH))
        .filter(ApiKeySecret::isId)
        .map(id -> new ApiKeySecret(id, presented));
  }

  /** Whether a key of this id could be there at all. */
  static boolean isId(String id) {
    return id.length() == ID_LENGTH && id.startsWith(PREFIX) && isRandom(id, PREFIX.length());
  }

  /** Whether only letters and digits follow; every request asks, so without a pattern. */
  private static boolean isRandom(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (!isLetterOrDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /** A new one that nobody can guess. */
  public static ApiKeySecret generate() {
    String id = PREFIX + random(RANDOM_OF_ID);
    return new ApiKeySecret(id, Secret.of(id + "_" + random(RANDOM_OF_SECRET)));
  }

  private static String random(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
