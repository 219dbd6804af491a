package io.gatehouse.platform.access;

/** Whether something is allowed, and why. */
public sealed interface Decision {
  /** The grant that allows it. */
  record Allowed(Grant by) implements Decision {}

  /** No grant of the principal gives the permission where it is needed. */
  record Denied(Permission missing) implements Decision {}

  default boolean allowed() {
    return switch (this) {
      case Allowed allowed -> true;
      case Denied denied -> false;
    };
  }

  /** Why, for the log and for explanations. */
  default String reason() {
    return switch (this) {
      case Allowed(Grant grant) ->
          "%s on %s %s".formatted(grant.role(), grant.scope().type(), grant.scope().id());
      case Denied(Permission missing) -> "no grant gives " + missing + " here";
    };
  }
}
