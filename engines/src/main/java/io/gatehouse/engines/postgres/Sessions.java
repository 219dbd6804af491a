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
record Sessions(Endpoint endpoint, Secret superuser) {
  /**
   * The database for sessions that are about the cluster as a whole; it belongs to the superuser.
   */
  static final String MAINTENANCE = "postgres";

  private static final int CONNECT_SECONDS = 5;
  private static final int SOCKET_SECONDS = 40;
  private static final String OVERRULING =
      Stream.of(
              "role=none",
              "search_path=pg_catalog",
              "statement_timeout=30s",
              "transaction_timeout=0",
              "lock_timeout=0",
              "idle_session_timeout=0",
              "standard_conforming_strings=on",
              "default_transaction_read_only=off",
              "default_transaction_isolation=read\\ committed",
              "local_preload_libraries=")
          .map("-c "::concat)
          .collect(Collectors.joining(" "));

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
    source.setSocketTimeout(SOCKET_SECONDS);
    source.setSslMode("disable");
    source.setGssEncMode("disable");
    source.setApplicationName("gatehouse");
    source.setOptions(OVERRULING);
    return new Session(source.getConnection());
  }
}
