package io.gatehouse.directory.connector;

/** Finds places in texts that are not written as places are, and would be sent as they stand. */
final class Braces {
  private Braces() {}

  /**
   * Checks what is left of a text without its places.
   *
   * @param form how a place is written
   * @throws IllegalArgumentException when there is a brace
   */
  static void requireNone(String rest, String form) {
    if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
      throw new IllegalArgumentException("has a brace that is of no place; one is written " + form);
    }
  }
}
