package io.gatehouse.engines;

import org.jspecify.annotations.Nullable;

/**
 * Something an engine was asked for did not come about. The message is fit for a person and holds
 * no secret.
 */
public final class EngineException extends RuntimeException {
  private final boolean permanent;

  private EngineException(String message, boolean permanent, @Nullable Throwable cause) {
    super(message, cause);
    this.permanent = permanent;
  }

  /** A failure that may pass: the same call later can succeed. */
  public static EngineException passing(String message, @Nullable Throwable cause) {
    return new EngineException(message, false, cause);
  }

  /** A failure that stays until someone changes its cause. */
  public static EngineException lasting(String message, @Nullable Throwable cause) {
    return new EngineException(message, true, cause);
  }

  /** Whether repeating cannot help, for instance because the disk is full. */
  public boolean permanent() {
    return permanent;
  }
}
