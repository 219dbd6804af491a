package io.gatehouse.engines.postgres.access;

import io.gatehouse.engines.AccessSweep;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.SqlUser;
import io.gatehouse.engines.UserRemoval;
import io.gatehouse.engines.UserRemoval.State;
import io.gatehouse.engines.postgres.sql.CatalogName;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.Sessions;
import io.gatehouse.engines.postgres.sql.Timeouts;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The removals of users in one cluster. They take turns at the heavy part, and what stood in the
 * way of each is remembered; how far they are stands in the cluster.
 */
final class UserRemovals {
  /** How long a session may survive being told to end before the cluster is restarted. */
  private static final Duration MAX_SURVIVAL = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofMillis(100);

  /** How much longer a caller waits, so that it hears of the attempt that it waited for. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final InstantSource clock;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final Map<Long, String> blockers = new ConcurrentHashMap<>();

  UserRemovals(InstantSource clock) {
    this.clock = clock;
  }

  /** Does something while no removal does its heavy part. */
  <T> T inTurn(Supplier<T> work) {
    turn.lock();
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  /** A user whose removal has begun, with how that stands. */
  SqlUser user(Sessions cluster, Session session, CatalogName user) throws SQLException {
    Optional<String> blocker = Optional.ofNullable(blockers.get(user.oid()));
    UserRemoval status = removal(cluster, session, user).status(session, blocker);
    return new SqlUser(user.shown(), Optional.of(status));
  }

  /**
   * Ends a removal that has begun; empty when the role is not being removed. The role is known by
   * its OID: somebody else may have made a new one of its name by now.
   */
  Optional<UserRemoval> goOn(Sessions cluster, CatalogName role, Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    Sessions patient = cluster.with(Timeouts.BACKGROUND);
    return cluster
        .revoke(
            session ->
                Roles.removed(session).contains(role)
                    ? Optional.of(removal(patient, session, role))
                    : Optional.<RoleRemoval>empty())
        .map(removal -> removeUntil(removal, deadline));
  }

  /** See {@link io.gatehouse.engines.SqlAdmin#removeUser}. */
  Optional<UserRemoval> remove(Sessions cluster, String name, Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    Sessions patient = cluster.with(Timeouts.BACKGROUND);
    return cluster
        .revoke(session -> removal(patient, session, name))
        .map(removal -> removeUntil(removal, deadline));
  }

  /**
   * An attempt that has begun goes on to its end, which the caller does not wait for: a database
   * can take longer for a single statement than the caller waits.
   */
  private UserRemoval removeUntil(RoleRemoval removal, long deadline) {
    FutureTask<UserRemoval> work = new FutureTask<>(() -> remove(removal, deadline));
    Thread.ofVirtual().name("removal").start(work);
    try {
      long left = Math.max(0, deadline - System.nanoTime());
      return work.get(left + GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return removal.status(Optional.ofNullable(blockers.get(removal.role().oid())));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw EngineException.passing("Interrupted while waiting for a removal", e);
    }
  }

  private UserRemoval remove(RoleRemoval removal, long deadline) {
    UserRemoval status =
        remembered(removal, turn.tryLock() ? attemptInTurn(removal) : removal.takeAccess());
    while (status.state() != State.DONE && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(PAUSE.toNanos());
      status = remembered(removal, attempt(removal, status, deadline));
    }
    return status;
  }

  /** Removals of one cluster take turns at the heavy part; none waits to take the access away. */
  private UserRemoval attempt(RoleRemoval removal, UserRemoval before, long deadline) {
    if (takeTurn(deadline)) {
      return attemptInTurn(removal);
    }
    return before.state() == State.CLEANING_UP
        ? removal.status(State.CLEANING_UP, Optional.of("Another removal is under way"))
        : removal.takeAccess();
  }

  private UserRemoval attemptInTurn(RoleRemoval removal) {
    try {
      return removal.attempt();
    } finally {
      turn.unlock();
    }
  }

  private boolean takeTurn(long deadline) {
    try {
      return turn.tryLock(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw EngineException.passing("Interrupted while waiting for another removal", e);
    }
  }

  /** See {@link io.gatehouse.engines.SqlAdmin#sweep}. */
  AccessSweep sweep(Sessions cluster, Runnable restart) {
    return inTurn(() -> swept(cluster.with(Timeouts.BACKGROUND), restart));
  }

  private AccessSweep swept(Sessions cluster, Runnable restart) {
    List<SqlUser> unfinished = new ArrayList<>();
    boolean restarted = false;
    for (CatalogName user : cluster.revoke(Roles::removed)) {
      RoleRemoval removal = cluster.revoke(session -> removal(cluster, session, user));
      UserRemoval status = remembered(removal, attempted(removal));
      if (!restarted && survives(status)) {
        removal.noteRestarting();
        restart.run();
        restarted = true;
        status = remembered(removal, attempted(removal));
      }
      if (status.state() != State.DONE) {
        unfinished.add(new SqlUser(user.shown(), Optional.of(status)));
      }
    }
    return new AccessSweep(cluster.revoke(FinishedRemovals::list), unfinished, restarted);
  }

  /** One removal that fails does not keep the others. */
  private static UserRemoval attempted(RoleRemoval removal) {
    try {
      return removal.attempt();
    } catch (EngineException e) {
      return removal.status(Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private boolean survives(UserRemoval status) {
    return status.state() == State.ENDING_SESSIONS
        && status.restartedAt().isEmpty()
        && !clock.instant().isBefore(status.since().plus(MAX_SURVIVAL));
  }

  private Optional<RoleRemoval> removal(Sessions cluster, Session session, String name)
      throws SQLException {
    SystemRoles.ensure(session);
    Optional<CatalogName> role = Roles.removable(session, name);
    return role.isPresent() ? Optional.of(removal(cluster, session, role.get())) : Optional.empty();
  }

  private RoleRemoval removal(Sessions cluster, Session session, CatalogName role)
      throws SQLException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as PostgreSQL has times
    Instant since = Roles.removedSince(session, role).orElse(now);
    return new RoleRemoval(new Removal(cluster, role, since, now));
  }

  private UserRemoval remembered(RoleRemoval removal, UserRemoval status) {
    status
        .blocker()
        .ifPresentOrElse(
            blocker -> blockers.put(removal.role().oid(), blocker),
            () -> blockers.remove(removal.role().oid()));
    return status;
  }
}
