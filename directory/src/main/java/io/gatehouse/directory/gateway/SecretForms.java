package io.gatehouse.directory.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The texts by which one secret may be known again, all in lower case.
 *
 * @param plain what it is, and what it is in forms and in hexadecimal digits
 * @param encoded what any base64 of anything that holds it has in the middle, and any base64 of
 *     that
 */
record SecretForms(List<String> plain, List<String> encoded) {
  private static final int BITS_OF_CHARACTER = 6;

  static SecretForms of(String secret) {
    byte[] bytes = secret.getBytes(UTF_8);
    List<String> plain = List.of(secret, secret.replace(' ', '+'), HexFormat.of().formatHex(bytes));
    List<String> encoded = cores(bytes);
    List<String> twice =
        encoded.stream().map(core -> cores(core.getBytes(UTF_8))).flatMap(List::stream).toList();
    return new SecretForms(
        lowerCase(plain.stream()), lowerCase(Stream.concat(encoded.stream(), twice.stream())));
  }

  /** What base64 has of a secret, after any number of other bytes, in both alphabets. */
  private static List<String> cores(byte[] secret) {
    List<String> cores = new ArrayList<>();
    for (int before = 0; before < 3; before++) {
      String core = core(secret, before);
      cores.add(core);
      cores.add(core.replace('+', '-').replace('/', '_'));
    }
    return cores.stream().distinct().toList();
  }

  /** What of a base64 depends on the secret alone, after so many bytes of something else. */
  private static String core(byte[] secret, int before) {
    byte[] bytes = new byte[before + secret.length];
    System.arraycopy(secret, 0, bytes, before, secret.length);
    String whole = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    int from = (before * Byte.SIZE + BITS_OF_CHARACTER - 1) / BITS_OF_CHARACTER;
    return whole.substring(from, bytes.length * Byte.SIZE / BITS_OF_CHARACTER);
  }

  private static List<String> lowerCase(Stream<String> texts) {
    return texts.map(DecodedText::lowerCase).distinct().toList();
  }
}
