package io.gatehouse.engines.postgres.sql;

import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.postgres.sql.Session.Work;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The administrative sessions of one cluster in its maintenance database. A few stay open, so that
 * a cluster whose connections are all taken can still be administered. Callers beyond the limit
 * wait in order of arrival; revocations have places of their own and never wait behind other work.
 */
public final class SessionPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionPool.class);
  private static final int MAX_KEPT = 2;
  private static final Duration MAX_WAIT = Duration.ofSeconds(10);
  private static final int VALIDATION_SECONDS = 2;

  /** Logins that have not finished; they hold connections without being anyone's session yet. */
  private static final String END_STARTING =
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE state = 'starting' AND backend_start < clock_timestamp() - interval '500 ms'
      """;

  /** Which work a session is for. */
  public enum Lane {
    ORDINARY(3),
    REVOCATION(2),
    /** Ends sessions for work that has a place; whoever has this one waits for no other. */
    ENDING(1);

    private final int places;

    Lane(int places) {
      this.places = places;
    }
  }

  /** Opens a session in the maintenance database. */
  @FunctionalInterface
  interface Opener {
    Session open() throws SQLException;
  }

  private final Semaphore ordinary = new Semaphore(Lane.ORDINARY.places, true);
  private final Semaphore revocation = new Semaphore(Lane.REVOCATION.places, true);
  private final Semaphore ending = new Semaphore(Lane.ENDING.places, true);
  private final Deque<Session> kept = new ConcurrentLinkedDeque<>();

  <T> T with(Lane lane, Timeouts timeouts, Opener opener, Work<T> work) throws SQLException {
    Semaphore places = places(lane);
    take(places);
    try {
      return with(timeouts, opener, work);
    } finally {
      places.release();
    }
  }

  private <T> T with(Timeouts timeouts, Opener opener, Work<T> work) throws SQLException {
    Session session = keptOrNew(opener);
    boolean keep = false;
    try {
      timeouts.set(session);
      T result = work.in(session);
      keep = true;
      return result;
    } catch (SQLException e) {
      keep = !SqlState.isConnectionFailure(e);
      throw e;
    } finally {
      giveBack(session, keep);
    }
  }

  /** Ends half-open logins, which makes room for a session that is refused for their number. */
  void makeRoom() {
    Session session = kept.pollFirst();
    if (session != null) {
      boolean keep = false;
      try {
        session.query(END_STARTING, row -> row.getBoolean(1));
        keep = true;
      } catch (SQLException e) {
        LOG.debug("a kept session ended", e);
      } finally {
        giveBack(session, keep);
      }
    }
  }

  private Session keptOrNew(Opener opener) throws SQLException {
    for (Session session = kept.pollFirst(); session != null; session = kept.pollFirst()) {
      if (session.connection().isValid(VALIDATION_SECONDS)) {
        return session;
      }
      discard(session);
    }
    return opener.open();
  }

  private void giveBack(Session session, boolean keep) {
    try {
      if (keep && kept.size() < MAX_KEPT) {
        session.execute("DISCARD ALL");
        kept.addFirst(session);
        return;
      }
    } catch (SQLException e) {
      LOG.debug("a session cannot be used again", e);
    }
    discard(session);
  }

  private static void discard(Session session) {
    try {
      session.close();
    } catch (SQLException e) {
      LOG.debug("a session cannot be closed", e);
    }
  }

  private Semaphore places(Lane lane) {
    return switch (lane) {
      case ORDINARY -> ordinary;
      case REVOCATION -> revocation;
      case ENDING -> ending;
    };
  }

  private static void take(Semaphore places) {
    try {
      if (!places.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw EngineException.passing("All administrative sessions of the cluster are busy", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw EngineException.passing("Interrupted while waiting for a session", e);
    }
  }

  /** Closes the sessions that are kept. */
  @Override
  public void close() {
    for (Session session = kept.pollFirst(); session != null; session = kept.pollFirst()) {
      discard(session);
    }
  }
}
