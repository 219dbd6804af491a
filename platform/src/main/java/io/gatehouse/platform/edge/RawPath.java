package io.gatehouse.platform.edge;

/** A path as it came, which may hold anything. */
final class RawPath {
  private RawPath() {}

  /** Whether it holds visible ASCII characters only; whatever else belongs escaped. */
  static boolean isClean(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) <= ' ' || path.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** As it may stand in a log. */
  static String printable(String path) {
    return isClean(path) ? path : path.replaceAll("[^!-~]", "?");
  }
}
