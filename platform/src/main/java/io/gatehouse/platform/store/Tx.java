package io.gatehouse.platform.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that changes something. All that belongs to the change is done with it: the rows,
 * the audit event, the wake-up of a reconciler, and the move of the epochs that caches follow.
 */
public final class Tx extends Session {
  private final Set<Epochs.Key> moved = new LinkedHashSet<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private @Nullable Instant now;

  Tx(Handle handle) {
    super(handle);
  }

  /** The transaction's time, by the database's clock: the same for everything in it. */
  public Instant now() {
    if (now == null) {
      now = handle().createQuery("select now()").mapTo(OffsetDateTime.class).one().toInstant();
    }
    return now;
  }

  /** Says that what caches hold of this organization changes with this transaction. */
  public void touch(Tenant tenant, Area area) {
    moved.add(new Epochs.Key(tenant.organization(), area));
  }

  /** Runs an action once the change is durable; not at all when it is not. */
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  Set<Epochs.Key> moved() {
    return moved;
  }

  List<Runnable> afterCommitActions() {
    return afterCommit;
  }
}
