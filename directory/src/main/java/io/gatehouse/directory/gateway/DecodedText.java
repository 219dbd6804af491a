package io.gatehouse.directory.gateway;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text with its escapes undone, where each character still knows which part of the original text
 * it came from.
 */
final class DecodedText {
  private final String text;

  /** Where each character begins and ends in the original; null while it is the original. */
  private final int @Nullable [] starts;

  private final int @Nullable [] ends;

  private DecodedText(String text, int @Nullable [] starts, int @Nullable [] ends) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  /** A text as it is. */
  static DecodedText of(String original) {
    return new DecodedText(original, null, null);
  }

  String text() {
    return text;
  }

  /** Where in the original the character at this place begins. */
  int start(int index) {
    return starts == null ? index : starts[index];
  }

  /** Where in the original the character at this place ends. */
  int end(int index) {
    return ends == null ? index + 1 : ends[index];
  }

  /** The same in lower case. */
  DecodedText lowerCase() {
    return new DecodedText(lowerCase(text), starts, ends);
  }

  /** A text in lower case, character by character, so that it keeps its length. */
  static String lowerCase(String text) {
    char[] characters = text.toCharArray();
    for (int i = 0; i < characters.length; i++) {
      characters[i] = Character.toLowerCase(characters[i]);
    }
    return new String(characters);
  }

  /** The same with one layer of escapes undone; empty when there are none. */
  Optional<DecodedText> decoded() {
    return Escapes.mayOccurIn(text)
        ? Optional.of(map(Escapes::at)).filter(decoded -> decoded.text.length() < text.length())
        : Optional.empty();
  }

  /** The same without line breaks, which some writers of base64 put in; empty without any. */
  Optional<DecodedText> unwrapped() {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0
        ? Optional.of(map(DecodedText::withoutBreak))
        : Optional.empty();
  }

  private static Escapes.Decoded withoutBreak(String text, int index) {
    char c = text.charAt(index);
    return c == '\n' || c == '\r' ? Escapes.Decoded.nothing(1) : Escapes.Decoded.of(c, 1);
  }

  /** What stands at a place of a text, and how many characters of the text it takes. */
  private interface Reader {
    Escapes.Decoded at(String text, int index);
  }

  private DecodedText map(Reader reader) {
    StringBuilder decoded = new StringBuilder(text.length());
    int[] newStarts = new int[text.length()];
    int[] newEnds = new int[text.length()];
    for (int i = 0; i < text.length(); ) {
      Escapes.Decoded next = reader.at(text, i);
      if (next.isCharacter()) {
        newStarts[decoded.length()] = start(i);
        newEnds[decoded.length()] = end(i + next.length() - 1);
        decoded.append(next.character());
      }
      i += next.length();
    }
    return new DecodedText(decoded.toString(), newStarts, newEnds);
  }
}
