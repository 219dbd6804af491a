package io.gatehouse.platform.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped word was probably meant to be. */
public final class Suggestions {
  private Suggestions() {}

  /** So much of a word is looked at; what is longer is no mistyped word. */
  private static final int MAX = 64;

  /**
   * The word that takes the fewest changes of a letter to get to, where upper and lower case are
   * the same; empty when there are none.
   */
  public static Optional<String> nearest(String word, Collection<String> words) {
    String begin = word.substring(0, Math.min(word.length(), MAX)).toLowerCase(Locale.ROOT);
    return words.stream()
        .min(
            Comparator.<String>comparingInt(w -> distance(begin, w.toLowerCase(Locale.ROOT)))
                .thenComparing(w -> w));
  }

  /** Levenshtein's distance. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
