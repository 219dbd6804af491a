package io.gatehouse.platform.access;

/** Whether it is allowed, and why: the grant that allows it, or that none does. */
public sealed interface Decision {
  record Allowed(Grant by) implements Decision {}

  record Denied(Permission missing) implements Decision {}

  default boolean allowed() {
    return switch (this) {
      case Allowed allowed -> true;
      case Denied denied -> false;
    };
  }
}
