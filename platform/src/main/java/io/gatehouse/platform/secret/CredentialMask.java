package io.gatehouse.platform.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Masks whatever has the shape of a credential in text that is about to be written where others
 * read it: the log, the audit log, messages of errors. Callers put keys where no key belongs, such
 * as in a path or a name; a {@link Secret} is safe by its type, other text is not.
 *
 * <p>Known are our API keys (whose public part stays), bearer tokens, JSON Web Tokens and passwords
 * in URLs, also when they are percent-encoded.
 */
public final class CredentialMask {
  private static final String MASK = "***";
  private static final String API_KEY_PREFIX = "CCDB1_";

  /** The public part is 22 letters and digits; whatever follows it is, or may be, the secret. */
  private static final Pattern API_KEY = Pattern.compile("(?i)(CCDB1_[0-9A-Z]{0,22}+)[0-9A-Z_-]+");

  private static final Pattern BEARER =
      Pattern.compile("(?i)\\b(Bearer[ +]+)(?!\\*)[0-9A-Z._~/=-]{8,}");
  private static final Pattern JWT =
      Pattern.compile("\\beyJ[0-9A-Za-z_-]{8,}\\.[0-9A-Za-z_-]{4,}(?:\\.[0-9A-Za-z_-]*)?");
  private static final Pattern URL_PASSWORD =
      Pattern.compile("(?i)\\b([a-z][a-z0-9+.-]*://[^\\s:/?#@\"']*:)[^\\s/?#@\"']+@");

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
    if (containsIgnoringCase(masked, API_KEY_PREFIX)) {
      masked = API_KEY.matcher(masked).replaceAll("$1" + MASK);
    }
    if (masked.contains("eyJ")) {
      masked = JWT.matcher(masked).replaceAll(MASK);
    }
    if (masked.contains("://")) {
      masked = URL_PASSWORD.matcher(masked).replaceAll("$1" + MASK + "@");
    }
    return containsIgnoringCase(masked, "bearer")
        ? BEARER.matcher(masked).replaceAll("$1" + MASK)
        : masked;
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

  private static boolean containsIgnoringCase(String text, String sought) {
    int last = text.length() - sought.length();
    for (int i = 0; i <= last; i++) {
      if (text.regionMatches(true, i, sought, 0, sought.length())) {
        return true;
      }
    }
    return false;
  }
}
