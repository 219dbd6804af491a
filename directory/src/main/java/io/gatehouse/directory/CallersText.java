package io.gatehouse.directory;

/** What a caller wrote, when it is told back to them: it may be of any length. */
public final class CallersText {
  private static final int MAX_CHARACTERS = 64;

  private CallersText() {}

  /** So much of it that it is known again; never half a character. */
  public static String shortened(String text) {
    if (text.length() <= MAX_CHARACTERS) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 1));
    return text.substring(0, splits ? MAX_CHARACTERS - 1 : MAX_CHARACTERS) + "…";
  }
}
