package io.gatehouse.directory.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways in which JSON and JavaScript, URLs and HTML write a printable ASCII character by other
 * characters. Secrets consist of such characters only.
 */
final class Escapes {
  private static final Map<Character, Character> AFTER_BACKSLASH =
      Map.of('n', '\n', 'r', '\r', 't', '\t', 'b', '\b', 'f', '\f');

  private static final Pattern BACKSLASH =
      Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|u\\{0*([0-9a-fA-F]{1,2})}|x([0-9a-fA-F]{2}))");
  private static final Pattern PERCENT =
      Pattern.compile("%(?:([0-7][0-9a-fA-F])|u00([0-7][0-9a-fA-F]))");
  private static final Pattern NUMBER =
      Pattern.compile("&#(?:[xX]0*([0-9a-fA-F]{1,2})(?![0-9a-fA-F])|0*([0-9]{1,3})(?![0-9]));?");
  private static final Pattern NAME = Pattern.compile("&(?:([A-Za-z]{2,20});|(quot|amp|lt|gt))");

  /** HTML's names of printable ASCII characters. */
  private static final Map<String, Character> NAMES =
      names(
          """
          ! excl
          " quot QUOT
          # num
          $ dollar
          % percnt
          & amp AMP
          ' apos
          ( lpar
          ) rpar
          * ast midast
          + plus
          , comma
          . period
          / sol
          : colon
          ; semi
          < lt LT
          = equals
          > gt GT
          ? quest
          @ commat
          [ lsqb lbrack
          \\ bsol
          ] rsqb rbrack
          ^ Hat
          _ lowbar UnderBar
          ` grave DiacriticalGrave
          { lcub lbrace
          | verbar vert VerticalLine
          } rcub rbrace
          """);

  private Escapes() {}

  /** What stands at a place, and how many characters of the text it takes. */
  record Decoded(int code, int length) {
    private static final int NOTHING = -1;

    static Decoded of(char character, int length) {
      return new Decoded(character, length);
    }

    static Decoded nothing(int length) {
      return new Decoded(NOTHING, length);
    }

    boolean isCharacter() {
      return code != NOTHING;
    }

    char character() {
      return (char) code;
    }
  }

  /** Whether a closer look is worth it. */
  static boolean mayOccurIn(String text) {
    return text.indexOf('\\') >= 0 || text.indexOf('%') >= 0 || text.indexOf('&') >= 0;
  }

  /** The character at a place, escaped or not. */
  static Decoded at(String text, int index) {
    char c = text.charAt(index);
    return switch (c) {
      case '\\' -> afterBackslash(text, index);
      case '%' -> hexadecimal(PERCENT, text, index);
      case '&' -> ofHtml(text, index);
      default -> Decoded.of(c, 1);
    };
  }

  private static Decoded afterBackslash(String text, int index) {
    Decoded numbered = hexadecimal(BACKSLASH, text, index);
    if (numbered.length() > 1 || index + 1 == text.length()) {
      return numbered;
    }
    char next = text.charAt(index + 1);
    return Decoded.of(AFTER_BACKSLASH.getOrDefault(next, next), 2);
  }

  private static Decoded ofHtml(String text, int index) {
    Matcher number = NUMBER.matcher(text).region(index, text.length());
    if (number.lookingAt()) {
      int code =
          number.group(1) != null
              ? Integer.parseInt(number.group(1), 16)
              : Integer.parseInt(number.group(2));
      return Decoded.of((char) code, number.end() - index);
    }
    Matcher name = NAME.matcher(text).region(index, text.length());
    if (name.lookingAt()) {
      Character named = NAMES.get(name.group(1) != null ? name.group(1) : name.group(2));
      if (named != null) {
        return Decoded.of(named, name.end() - index);
      }
    }
    return Decoded.of('&', 1);
  }

  private static Decoded hexadecimal(Pattern pattern, String text, int index) {
    Matcher matcher = pattern.matcher(text).region(index, text.length());
    if (matcher.lookingAt()) {
      for (int group = 1; group <= matcher.groupCount(); group++) {
        if (matcher.group(group) != null) {
          return Decoded.of(
              (char) Integer.parseInt(matcher.group(group), 16), matcher.end() - index);
        }
      }
    }
    return Decoded.of(text.charAt(index), 1);
  }

  private static Map<String, Character> names(String table) {
    Map<String, Character> names = new HashMap<>();
    for (String line : table.lines().toList()) {
      String[] words = line.split(" ", -1);
      for (int i = 1; i < words.length; i++) {
        names.put(words[i], words[0].charAt(0));
      }
    }
    return Map.copyOf(names);
  }
}
