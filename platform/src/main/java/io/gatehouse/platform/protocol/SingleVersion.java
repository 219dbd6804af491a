package io.gatehouse.platform.protocol;

import java.util.Optional;

/** The only version of an API. */
record SingleVersion(Optional<String> header) implements Versions, Version {
  @Override
  public Version agree(Optional<String> requested) {
    return this;
  }
}
