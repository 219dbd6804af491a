package io.gatehouse.platform.operation;

/** The APIs that this product speaks; each has a dialect of its own. */
public enum Api {
  /** The CockroachDB Cloud API. */
  CLOUD("/api/"),
  /** The unified layer: linked accounts, unified resources, proxy. */
  UNIFIED("/");

  private final String prefix;

  Api(String prefix) {
    this.prefix = prefix;
  }

  /** The API whose dialect answers for a path that no operation serves. */
  public static Api of(String path) {
    return path.startsWith(CLOUD.prefix) ? CLOUD : UNIFIED;
  }
}
