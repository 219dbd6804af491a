package io.gatehouse.platform.operation;

/**
 * An API that the server speaks, as its operations name it.
 *
 * @param name names it in documents and messages
 * @param prefix what the paths of its operations begin with; the longest one counts
 */
public record Api(String name, String prefix) {
  public Api {
    if (!prefix.startsWith("/") || !prefix.endsWith("/")) {
      throw new IllegalArgumentException("a prefix begins and ends with a slash");
    }
  }
}
