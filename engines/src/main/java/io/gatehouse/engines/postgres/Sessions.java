package io.gatehouse.engines.postgres;

import io.gatehouse.engines.Endpoint;
import io.gatehouse.platform.secret.Secret;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens short sessions as the superuser of one PostgreSQL. Owners can give a database settings that
 * hold for whoever connects to it; those that could mislead the superuser are overruled.
 */
record Sessions(Endpoint endpoint, Secret superuser, Patience patience) {
  /**
   * The database for sessions that are about the cluster as a whole; it belongs to the superuser.
   */
  static final String MAINTENANCE = "postgres";

  private static final int CONNECT_SECONDS = 3;
  private static final String OVERRULING =
      Stream.of(
              "role=none",
              "search_path=pg_catalog",
              "transaction_timeout=0",
              "idle_session_timeout=0",
              "standard_conforming_strings=on",
              "default_transaction_read_only=off",
              "default_transaction_isolation=read\\ committed",
              "local_preload_libraries=")
          .map("-c "::concat)
          .collect(Collectors.joining(" "));

  /** How long a session waits for PostgreSQL. */
  enum Patience {
    /** Someone waits for the answer, or others wait for their turn; it is quick or hopeless. */
    SHORT(3, 4, 5),
    /** Nobody does, or it is work. */
    LONG(10, 30, 40);

    private final int lockSeconds;
    private final int statementSeconds;
    private final int socketSeconds;

    Patience(int lockSeconds, int statementSeconds, int socketSeconds) {
      this.lockSeconds = lockSeconds;
      this.statementSeconds = statementSeconds;
      this.socketSeconds = socketSeconds;
    }

    private String options() {
      return " -c lock_timeout=%ds -c statement_timeout=%ds"
          .formatted(lockSeconds, statementSeconds);
    }

    /** Gives an open session this patience for the statements to come. */
    void set(Session session) throws SQLException {
      session.execute("SET lock_timeout = '%ds'".formatted(lockSeconds));
      session.execute("SET statement_timeout = '%ds'".formatted(statementSeconds));
      session.connection().setNetworkTimeout(Runnable::run, socketSeconds * 1000);
    }
  }

  Sessions(Endpoint endpoint, Secret superuser) {
    this(endpoint, superuser, Patience.LONG);
  }

  /** What is done in a session. */
  @FunctionalInterface
  interface Work<T> {
    T in(Session session) throws SQLException;
  }

  /** Something done in a session that has no result. */
  @FunctionalInterface
  interface Action {
    void in(Session session) throws SQLException;
  }

  /** Does something in a session of its own. */
  <T> T in(String database, Work<T> work) {
    try (Session session = open(database)) {
      return work.in(session);
    } catch (SQLException e) {
      throw SqlState.failure(e);
    }
  }

  /** Does something in a session of its own. */
  void run(String database, Action action) {
    try (Session session = open(database)) {
      action.in(session);
    } catch (SQLException e) {
      throw SqlState.failure(e);
    }
  }

  /** The same, in a database that may not be there or refuse connections. */
  <T> Optional<T> inIfOpen(String database, Work<T> work) {
    try (Session session = open(database)) {
      return Optional.of(work.in(session));
    } catch (SQLException e) {
      if (SqlState.NO_SUCH_DATABASE.isOf(e)
          || SqlState.CLOSED_DATABASE.isOf(e)
          || SqlState.SESSION_ENDED.isOf(e)) {
        return Optional.empty();
      }
      throw SqlState.failure(e);
    }
  }

  /** Opens a session, which the caller closes. */
  Session open(String database) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {endpoint.host()});
    source.setPortNumbers(new int[] {endpoint.port()});
    source.setDatabaseName(database);
    source.setUser(Superuser.NAME);
    source.setPassword(superuser.reveal());
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(patience.socketSeconds);
    source.setSslMode("disable");
    source.setGssEncMode("disable");
    source.setApplicationName("gatehouse");
    source.setOptions(OVERRULING + patience.options());
    return new Session(source.getConnection());
  }
}
