package io.gatehouse.platform.protocol;

import io.gatehouse.platform.error.GatehouseException;
import java.util.Optional;

/**
 * The versions of an API. Operations know only its newest form; a version lifts an older request up
 * to it, and brings a response down from it.
 */
public interface Versions {
  /** The request header that names the version; empty when there is none. */
  Optional<String> header();

  /**
   * Agrees on the version of one request.
   *
   * @param requested what the caller asked for in {@link #header()}
   * @throws GatehouseException when there is no such version
   */
  Version agree(Optional<String> requested);

  /** An API of one version. */
  static Versions single() {
    return new SingleVersion(Optional.empty());
  }

  /** An API of one version whose callers may name any in a header. */
  static Versions single(String ignoredHeader) {
    return new SingleVersion(Optional.of(ignoredHeader));
  }
}
