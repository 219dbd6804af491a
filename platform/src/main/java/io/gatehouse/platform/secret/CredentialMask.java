package io.gatehouse.platform.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Masks whatever has the shape of a credential in text that is about to be written where others
 * read it: the log, the audit log, messages of errors. Callers put keys where no key belongs, such
 * as in a path or a name; a {@link Secret} is safe by its type, other text is not.
 *
 * <p>Known are our API keys (whose public part stays; in base64 too, and in base64 of that), tokens
 * of bearer and basic authentication, JSON Web Tokens and passwords in URLs, also when they are
 * percent-encoded.
 */
public final class CredentialMask {
  private static final String MASK = "***";
  private static final String API_KEY_PREFIX = "CCDB1_";
  private static final int MAX_PUBLIC_LENGTH = 22;

  /** The public part is 22 letters and digits; whatever follows it is, or may be, the secret. */
  private static final Pattern API_KEY = Pattern.compile("(?i)(CCDB1_[0-9A-Z]{0,22}+)[0-9A-Z_-]+");

  private static final Pattern BEARER =
      Pattern.compile("(?i)\\b(Bearer[ +]+)(?!\\*)[0-9A-Z._~/=-]{8,}");

  /** A word after "basic" is a credential if it is base64 of two parts with a colon between. */
  private static final Pattern BASIC = Pattern.compile("(?i)\\b(Basic[ +]+)([0-9A-Z+/_-]{8,}+=*+)");

  private static final Pattern PAIR = Pattern.compile("[ -~]*:[ -~]*");
  private static final Pattern JWT =
      Pattern.compile("\\beyJ[0-9A-Za-z_-]{8,}\\.[0-9A-Za-z_-]{4,}(?:\\.[0-9A-Za-z_-]*)?");
  private static final Pattern URL_PASSWORD =
      Pattern.compile("(?i)\\b([a-z][a-z0-9+.-]*://[^\\s:/?#@\"']*:)[^\\s/?#@\"']+@");

  /** "CCDB1_" in base64, by where in a group of three bytes it begins. */
  private static final List<String> ENCODED_PREFIXES = List.of("Q0NEQjFf", "NDREIxX", "DQ0RCMV8");

  /** Each of those in base64, by where in a group of three bytes it begins. */
  private static final List<String> TWICE_ENCODED_PREFIXES =
      List.of(
          "UTBORVFqRm",
          "EwTkVRakZm",
          "RME5FUWpGZ",
          "TkRSRUl4W",
          "5EUkVJeF",
          "ORFJFSXhY",
          "RFEwUkNNVj",
          "RRMFJDTVY4",
          "EUTBSQ01WO");

  private static final Pattern ENCODED_API_KEY =
      Pattern.compile(
          "(?:"
              + String.join("|", ENCODED_PREFIXES)
              + "|"
              + String.join("|", TWICE_ENCODED_PREFIXES)
              + ")[0-9A-Za-z+/_-]{8,}=*");

  /** A word with something percent-encoded in it. */
  private static final Pattern ENCODED = Pattern.compile("[!-~&&[^\"\\\\]]*%[!-~&&[^\"\\\\]]*");

  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

  /** Whatever decodes more than once passed through that many clients or proxies. */
  private static final int MAX_DECODINGS = 3;

  private CredentialMask() {}

  /** The text with each credential replaced; the same text when there is none. */
  public static String mask(String text) {
    if (text.indexOf('%') < 0) {
      return maskPlain(text);
    }
    return maskPlain(
        ENCODED
            .matcher(text)
            .replaceAll(word -> Matcher.quoteReplacement(maskEncoded(word.group()))));
  }

  /** The same for every text and every name in a value of JSON. */
  public static JsonNode mask(JsonNode value) {
    if (value.isTextual()) {
      return JsonNodeFactory.instance.textNode(mask(value.textValue()));
    }
    if (value instanceof ArrayNode array) {
      ArrayNode masked = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(element -> masked.add(mask(element)));
      return masked;
    }
    if (value instanceof ObjectNode object) {
      ObjectNode masked = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        masked.set(mask(member.getKey()), mask(member.getValue()));
      }
      return masked;
    }
    return value;
  }

  /** Null stays null. */
  public static @Nullable String maskNullable(@Nullable String text) {
    return text == null ? null : mask(text);
  }

  private static String maskPlain(String text) {
    String masked = text;
    if (holdsMoreThanPublicPart(masked)) {
      masked = API_KEY.matcher(masked).replaceAll("$1" + MASK);
    }
    if (containsAny(masked, ENCODED_PREFIXES) || containsAny(masked, TWICE_ENCODED_PREFIXES)) {
      masked = ENCODED_API_KEY.matcher(masked).replaceAll(MASK);
    }
    if (masked.contains("eyJ")) {
      masked = JWT.matcher(masked).replaceAll(MASK);
    }
    if (masked.contains("://")) {
      masked = URL_PASSWORD.matcher(masked).replaceAll("$1" + MASK + "@");
    }
    if (containsIgnoringCase(masked, "basic")) {
      masked = BASIC.matcher(masked).replaceAll(CredentialMask::maskPair);
    }
    return containsIgnoringCase(masked, "bearer")
        ? BEARER.matcher(masked).replaceAll("$1" + MASK)
        : masked;
  }

  private static String maskPair(MatchResult basic) {
    boolean isPair = PAIR.matcher(decodeBase64(basic.group(2))).matches();
    return Matcher.quoteReplacement(isPair ? basic.group(1) + MASK : basic.group());
  }

  /** Empty when it is none. */
  private static String decodeBase64(String text) {
    try {
      byte[] decoded = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
      return new String(decoded, StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String maskEncoded(String word) {
    String decoded = word;
    for (int i = 0; i < MAX_DECODINGS; i++) {
      String once = decode(decoded);
      if (once.equals(decoded)) {
        break;
      }
      decoded = once;
      String masked = maskPlain(decoded);
      if (!masked.equals(decoded)) {
        return masked;
      }
    }
    return word;
  }

  /**
   * Decodes what is properly encoded; what is no printable ASCII then is shown as a question mark.
   */
  private static String decode(String word) {
    return ESCAPE
        .matcher(word)
        .replaceAll(
            escape -> {
              char c = (char) Integer.parseInt(escape.group(1), 16);
              return Matcher.quoteReplacement(c >= ' ' && c <= '~' ? String.valueOf(c) : "?");
            });
  }

  /** Every line of the request log holds the public part of a key, so this is asked first. */
  private static boolean holdsMoreThanPublicPart(String text) {
    for (int at = text.indexOf('_'); at >= 0; at = text.indexOf('_', at + 1)) {
      int publicPart = at + 1;
      int prefix = publicPart - API_KEY_PREFIX.length();
      if (!text.regionMatches(true, prefix, API_KEY_PREFIX, 0, API_KEY_PREFIX.length())) {
        continue;
      }
      int end = publicPart;
      while (end < text.length()
          && end < publicPart + MAX_PUBLIC_LENGTH
          && isLetterOrDigit(text.charAt(end))) {
        end++;
      }
      if (end < text.length()
          && (isLetterOrDigit(text.charAt(end)) || isJoiner(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= '0' && c <= '9') || (lowerCase(c) >= 'a' && lowerCase(c) <= 'z');
  }

  private static boolean isJoiner(char c) {
    return c == '_' || c == '-';
  }

  private static boolean containsAny(String text, List<String> sought) {
    for (String one : sought) {
      if (text.contains(one)) {
        return true;
      }
    }
    return false;
  }

  private static boolean containsIgnoringCase(String text, String sought) {
    char first = sought.charAt(0);
    return containsIgnoringCase(text, sought, Character.toLowerCase(first))
        || containsIgnoringCase(text, sought, Character.toUpperCase(first));
  }

  /** Looks only where there is this first character, for that is found fastest. */
  private static boolean containsIgnoringCase(String text, String sought, char first) {
    for (int at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
      if (text.regionMatches(true, at, sought, 0, sought.length())) {
        return true;
      }
    }
    return false;
  }

  /** Of a letter of ASCII; other characters become something that is none. */
  private static int lowerCase(char c) {
    return c | 0x20;
  }
}
