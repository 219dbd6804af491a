package io.gatehouse.platform.store;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * The only way to the metadata store. Writes are serializable and are repeated when the database
 * says 40001 (the contract of PostgreSQL and CockroachDB alike), so the work given must have no
 * effect beside its transaction. A store that cannot be reached is {@link ErrorCode#UNAVAILABLE}.
 */
public final class Transactions {
  private static final String DISK_FULL = "53100";
  private static final int ATTEMPTS = 15;
  private static final Duration PAUSE = Duration.ofMillis(4);

  private final Jdbi jdbi;
  private final Epochs epochs;

  public Transactions(Jdbi jdbi, Epochs epochs) {
    this.jdbi = jdbi;
    this.epochs = epochs;
  }

  /** Reads, each statement by itself. */
  public <T> T read(Function<Session, T> work) {
    try (Handle handle = jdbi.open()) {
      return work.apply(new Session(handle));
    } catch (JdbiException e) {
      throw translate(e);
    }
  }

  /** Changes, all of it or nothing. */
  public <T> T write(Function<Tx, T> work) {
    List<JdbiException> earlier = new ArrayList<>();
    while (true) {
      try {
        return attempt(work);
      } catch (JdbiException e) {
        earlier.forEach(e::addSuppressed);
        if (!repeatable(e) || earlier.size() >= ATTEMPTS) {
          throw translate(e);
        }
        earlier.add(e);
        pause(earlier.size());
      }
    }
  }

  /** Changes, and fails as given when something of the same name, guarded by an index, is there. */
  public <T> T writeUnique(Supplier<GatehouseException> taken, Function<Tx, T> work) {
    try {
      return write(work);
    } catch (JdbiException e) {
      throw "23505".equals(sqlState(e)) ? taken.get().causedBy(e) : e;
    }
  }

  private <T> T attempt(Function<Tx, T> work) {
    List<Runnable> afterCommit = new ArrayList<>();
    T result =
        jdbi.inTransaction(
            TransactionIsolationLevel.SERIALIZABLE,
            handle -> {
              Tx tx = new Tx(handle);
              T value = work.apply(tx);
              afterCommit.add(epochs.move(tx));
              afterCommit.addAll(tx.afterCommitActions());
              return value;
            });
    afterCommit.forEach(Runnable::run);
    return result;
  }

  private static void pause(int attempt) {
    long most = PAUSE.toNanos() << Math.min(attempt, 6);
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most / 2, most));
  }

  private static boolean repeatable(Throwable e) {
    String state = sqlState(e);
    return "40001".equals(state) || "40P01".equals(state);
  }

  private static RuntimeException translate(JdbiException e) {
    if (DISK_FULL.equals(sqlState(e))) {
      return ErrorCode.DISK_FULL.with("what", "the metadata store").causedBy(e);
    }
    return unreachable(e)
        ? ErrorCode.UNAVAILABLE.with("what", "the metadata store").causedBy(e)
        : e;
  }

  private static boolean unreachable(JdbiException e) {
    String state = sqlState(e);
    return e instanceof ConnectionException
        || (state != null
            && (state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")
                || state.equals("57014") // it took longer than this program gives it
                || state.equals("25P03")
                || state.equals("25006")
                || state.equals("40001")));
  }

  /** The SQLSTATE of a failure of the database, or null when it was none. */
  static @Nullable String sqlState(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return null;
  }
}
