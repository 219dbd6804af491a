package io.gatehouse.engines;

import org.jspecify.annotations.Nullable;

/**
 * Something an engine was asked for did not come about. The message is fit for a person and holds
 * no secret.
 */
public final class EngineException extends RuntimeException {
  private enum Kind {
    PASSING,
    LASTING,
    YIELDED
  }

  private final Kind kind;

  private EngineException(String message, Kind kind, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** A failure that may pass: the same call later can succeed. */
  public static EngineException passing(String message, @Nullable Throwable cause) {
    return new EngineException(message, Kind.PASSING, cause);
  }

  /** A failure that stays until someone changes its cause. */
  public static EngineException lasting(String message, @Nullable Throwable cause) {
    return new EngineException(message, Kind.LASTING, cause);
  }

  /** The call made way for another one for the same cluster; nothing is wrong with the cluster. */
  public static EngineException yielded(String message, @Nullable Throwable cause) {
    return new EngineException(message, Kind.YIELDED, cause);
  }

  /** Whether repeating cannot help, for instance because the disk is full. */
  public boolean permanent() {
    return kind == Kind.LASTING;
  }

  /** Whether it says nothing about the cluster, because another call came first. */
  public boolean hasYielded() {
    return kind == Kind.YIELDED;
  }
}
