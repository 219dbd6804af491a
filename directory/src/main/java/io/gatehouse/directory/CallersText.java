package io.gatehouse.directory;

/** What a caller wrote, when it is told back to them: it may be of any length. */
public final class CallersText {
  private static final int MOST_CHARACTERS = 64;

  private CallersText() {}

  /** So much of it that it is known again; never half a character. */
  public static String shortened(String text) {
    if (text.length() <= MOST_CHARACTERS) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
    return text.substring(0, splits ? MOST_CHARACTERS - 1 : MOST_CHARACTERS) + "…";
  }
}
