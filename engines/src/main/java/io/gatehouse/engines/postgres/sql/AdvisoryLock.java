package io.gatehouse.engines.postgres.sql;

/**
 * What callers take turns at, each until its transaction ends. Taken in the maintenance database,
 * where no user can take one.
 */
public enum AdvisoryLock {
  /** Giving a role a name that no other has in any case of its letters. */
  NAMES(1),
  /** Changing one role, whose OID is the second key. */
  ROLE(2),
  /** Setting the secret of the reader. */
  READER(3),
  /** Removals that are done and not confirmed. */
  FINISHED_REMOVALS(4);

  private final int key;

  AdvisoryLock(int key) {
    this.key = key;
  }

  /** A call that takes the lock. */
  public String take() {
    return take("0");
  }

  /**
   * A call that takes the lock of one thing.
   *
   * @param which an expression; its number
   */
  public String take(String which) {
    return "pg_advisory_xact_lock(%d, %s)".formatted(key, which);
  }
}
