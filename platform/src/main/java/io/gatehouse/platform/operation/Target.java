package io.gatehouse.platform.operation;

import io.gatehouse.platform.access.ResourceType;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** On which resource an operation acts, found from its input; permission is decided there. */
public sealed interface Target<I> {

  /** The whole organization. */
  record Organization<I>() implements Target<I> {}

  /** Whatever the caller may see: a list, which its store filters by the same permission. */
  record Anywhere<I>() implements Target<I> {}

  /** One folder or cluster that the path names. */
  record Resource<I>(ResourceType type, Function<I, UUID> id) implements Target<I> {}

  /** One folder that the body names; empty for the root, where the organization counts. */
  record InBody<I>(ResourceType type, Function<I, Optional<UUID>> id) implements Target<I> {}

  static <I> Target<I> organization() {
    return new Organization<>();
  }

  static <I> Target<I> anywhere() {
    return new Anywhere<>();
  }

  static <I> Target<I> cluster(Function<I, UUID> id) {
    return new Resource<>(ResourceType.CLUSTER, id);
  }

  static <I> Target<I> folder(Function<I, UUID> id) {
    return new Resource<>(ResourceType.FOLDER, id);
  }

  /** The folder that something is to be made in. */
  static <I> Target<I> parentFolder(Function<I, Optional<UUID>> id) {
    return new InBody<>(ResourceType.FOLDER, id);
  }
}
