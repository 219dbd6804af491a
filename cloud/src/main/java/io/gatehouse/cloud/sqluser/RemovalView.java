package io.gatehouse.cloud.sqluser;

import io.gatehouse.engines.UserRemoval;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the removal of a SQL user stands; an extension of the official document.
 *
 * @param blocker what keeps it from going on; it is tried again by itself
 * @param restartedAt when the cluster was restarted to end a session of the user
 * @param review what a person should look at: it was left by the user, and works on
 */
public record RemovalView(
    UserRemoval.State state,
    Instant since,
    @Nullable String blocker,
    @Nullable Instant restartedAt,
    List<ReviewView> review) {

  /** See {@link UserRemoval.ReviewItem}. */
  public record ReviewView(String kind, String database, String name, String note) {}

  static RemovalView of(UserRemoval removal) {
    return new RemovalView(
        removal.state(),
        removal.since(),
        removal.blocker().orElse(null),
        removal.restartedAt().orElse(null),
        removal.review().stream()
            .map(item -> new ReviewView(item.kind(), item.database(), item.name(), item.note()))
            .toList());
  }
}
