package io.gatehouse.directory.connector;

import org.jspecify.annotations.Nullable;

/** A record of an upstream is not what its connector takes it for. */
public final class MappingFailedException extends RuntimeException {
  MappingFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
