package io.gatehouse.directory.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The texts by which one secret may be known again.
 *
 * @param plain what it is, and what it is in forms and in hexadecimal digits
 * @param encoded what any base64 of anything that holds it has in the middle
 */
record SecretForms(List<String> plain, List<String> encoded) {
  private static final int BITS_OF_CHARACTER = 6;

  static SecretForms of(String secret) {
    HexFormat hex = HexFormat.of();
    byte[] bytes = secret.getBytes(UTF_8);
    List<String> plain = new ArrayList<>(List.of(secret, hex.formatHex(bytes)));
    plain.add(hex.withUpperCase().formatHex(bytes));
    plain.add(secret.replace(' ', '+'));
    List<String> encoded = new ArrayList<>();
    for (int before = 0; before < 3; before++) {
      String core = core(bytes, before);
      encoded.add(core);
      encoded.add(core.replace('+', '-').replace('/', '_'));
    }
    return new SecretForms(distinct(plain), distinct(encoded));
  }

  /** What of a base64 depends on the secret alone, after so many bytes of something else. */
  private static String core(byte[] secret, int before) {
    byte[] bytes = new byte[before + secret.length];
    System.arraycopy(secret, 0, bytes, before, secret.length);
    String whole = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    int from = (before * Byte.SIZE + BITS_OF_CHARACTER - 1) / BITS_OF_CHARACTER;
    return whole.substring(from, bytes.length * Byte.SIZE / BITS_OF_CHARACTER);
  }

  private static List<String> distinct(List<String> texts) {
    return texts.stream().distinct().toList();
  }
}
