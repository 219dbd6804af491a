package io.gatehouse.engines.postgres.sql;

import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.postgres.sql.Session.Action;
import io.gatehouse.engines.postgres.sql.Session.Work;
import io.gatehouse.engines.postgres.sql.SessionPool.Lane;
import io.gatehouse.platform.secret.Secret;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens sessions as the superuser of one PostgreSQL. Owners can give a database settings that hold
 * for whoever connects to it; those that could mislead the superuser are overruled. What the
 * session is and where it is, is checked by OID: names can be changed.
 */
public final class Sessions {
  private static final int CONNECT_SECONDS = 3;
  private static final String MAINTENANCE_NAME = "postgres";
  private static final String NAME_OF_MAINTENANCE = "SELECT datname FROM pg_database WHERE oid = 5";
  private static final String IS_MAINTENANCE =
      """
      SELECT current_user::regrole::oid = 10 AND EXISTS (
        SELECT FROM pg_database WHERE datname = current_database() AND oid = 5)
      """;
  private static final String IS_DATABASE =
      "SELECT EXISTS (SELECT FROM pg_database WHERE datname = current_database() AND oid = ?)";

  private static final Duration MAX_WAIT_FOR_ROOM = Duration.ofSeconds(8);
  private static final Duration PAUSE_FOR_ROOM = Duration.ofMillis(50);

  /**
   * Event triggers are off because ours are for users; activity is not tracked because statements
   * can hold password verifiers.
   */
  private static final String OVERRULING =
      Stream.of(
              "role=none",
              "search_path=pg_catalog",
              "event_triggers=off",
              "track_activities=off",
              "createrole_self_grant=",
              "transaction_timeout=0",
              "idle_session_timeout=0",
              "idle_in_transaction_session_timeout=0",
              "standard_conforming_strings=on",
              "escape_string_warning=off",
              "quote_all_identifiers=off",
              "bytea_output=hex",
              "check_function_bodies=off",
              "default_tablespace=",
              "default_transaction_read_only=off",
              "default_transaction_deferrable=off",
              "default_transaction_isolation=read\\ committed",
              "local_preload_libraries=")
          .map("-c "::concat)
          .collect(Collectors.joining(" "));

  private final Endpoint endpoint;
  private final Secret superuser;
  private final Timeouts timeouts;
  private final Optional<SessionPool> pool;
  private final String user;

  private Sessions(
      Endpoint endpoint,
      Secret superuser,
      Timeouts timeouts,
      Optional<SessionPool> pool,
      String user) {
    this.user = user;
    this.endpoint = endpoint;
    this.superuser = superuser;
    this.timeouts = timeouts;
    this.pool = pool;
  }

  /** Opens each session anew. */
  public Sessions(Endpoint endpoint, Secret superuser, Timeouts timeouts) {
    this(endpoint, superuser, timeouts, Optional.empty(), Superuser.NAME);
  }

  /** The same, with the sessions in the maintenance database taken from a pool. */
  public Sessions kept(SessionPool sessions) {
    return new Sessions(endpoint, superuser, timeouts, Optional.of(sessions), user);
  }

  public Sessions with(Timeouts others) {
    return new Sessions(endpoint, superuser, others, pool, user);
  }

  /** The same with another secret, each session opened anew. */
  Sessions as(Secret other) {
    return new Sessions(endpoint, other, timeouts, Optional.empty(), user);
  }

  /** Does something in the database that is about the cluster as a whole. */
  public <T> T maintain(Work<T> work) {
    return maintain(Lane.ORDINARY, work);
  }

  /** The same, for taking access away. */
  public <T> T revoke(Work<T> work) {
    return maintain(Lane.REVOCATION, work);
  }

  /** The same, for ending the sessions that other work waits for. */
  public <T> T endSessions(Work<T> work) {
    return maintain(Lane.ENDING, work);
  }

  private <T> T maintain(Lane lane, Work<T> work) {
    try {
      if (pool.isPresent()) {
        return pool.get().with(lane, timeouts, this::openMaintenance, work);
      }
      try (Session session = openMaintenance()) {
        return work.in(session);
      }
    } catch (SQLException e) {
      throw SqlState.failure(e);
    }
  }

  /**
   * Does something in a database, in a session of its own.
   *
   * @return empty if there is no such database (any more), or it refuses connections
   */
  public <T> Optional<T> inDatabase(CatalogName database, Work<T> work) {
    return inIfOpen(database.shown(), checked(database.oid(), work));
  }

  /**
   * Looks at something in a database, as a role that has no rights; of the relations there it sees
   * that they exist. Where no connection is left for such a role, the superuser looks.
   *
   * @return empty if there is no such database (any more), or it refuses connections
   */
  public <T> Optional<T> look(CatalogName database, Work<T> work) {
    Sessions reader =
        new Sessions(endpoint, Reader.secret(superuser), timeouts, Optional.empty(), Reader.NAME);
    try {
      return reader.openAnd(database.shown(), checked(database.oid(), work));
    } catch (SQLException e) {
      if (SqlState.TOO_MANY_CONNECTIONS.isOf(e)) {
        return inDatabase(database, work);
      }
      if (!Reader.lacksAccess(e)) {
        throw SqlState.failure(e);
      }
      maintain(
          session -> {
            Reader.admit(session, superuser, database.oid());
            return true;
          });
      return reader.inDatabase(database, work);
    }
  }

  /** Prepares {@link #look}, so that the first one need not; in the maintenance database. */
  public void prepareLooks(Session session) throws SQLException {
    Reader.prepare(session, superuser);
  }

  /** A name may mean another database by the time that the session opens. */
  private static <T> Work<Optional<T>> checked(long oid, Work<T> work) {
    return session ->
        session.holds(IS_DATABASE, oid) ? Optional.of(work.in(session)) : Optional.empty();
  }

  private <T> Optional<T> inIfOpen(String database, Work<Optional<T>> work) {
    try {
      return openAnd(database, work);
    } catch (SQLException e) {
      throw SqlState.failure(e);
    }
  }

  private <T> Optional<T> openAnd(String database, Work<Optional<T>> work) throws SQLException {
    try (Session session = open(database)) {
      return work.in(session);
    } catch (SQLException e) {
      if (SqlState.NO_SUCH_DATABASE.isOf(e)
          || SqlState.CLOSED_DATABASE.isOf(e)
          || SqlState.SESSION_ENDED.isOf(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether the superuser can log in with this secret. */
  public boolean areOpenWith() {
    try (Session session = openMaintenance()) {
      return session.holds("SELECT true");
    } catch (SQLException e) {
      if (SqlState.WRONG_PASSWORD.isOf(e)) {
        return false;
      }
      throw SqlState.failure(e);
    }
  }

  Secret superuser() {
    return superuser;
  }

  /** By its usual name, or by the one that it has now. */
  private Session openMaintenance() throws SQLException {
    Optional<Session> usual = openIfMaintenance(MAINTENANCE_NAME);
    if (usual.isPresent()) {
      return usual.get();
    }
    try (Session session = open("template1")) {
      String name = session.first(NAME_OF_MAINTENANCE, row -> row.getString(1)).orElse("");
      return openIfMaintenance(name)
          .orElseThrow(
              () ->
                  EngineException.lasting(
                      "The maintenance database or the superuser of the cluster was replaced",
                      null));
    }
  }

  /** Empty if the name is that of another database, or of none. */
  private Optional<Session> openIfMaintenance(String name) throws SQLException {
    Session session;
    try {
      session = open(name);
    } catch (SQLException e) {
      if (SqlState.NO_SUCH_DATABASE.isOf(e)) {
        return Optional.empty();
      }
      throw e;
    }
    try {
      if (session.holds(IS_MAINTENANCE)) {
        return Optional.of(session);
      }
    } catch (SQLException e) {
      session.close();
      throw e;
    }
    session.close();
    return Optional.empty();
  }

  /**
   * Opens a session, which the caller closes. When all connections are taken, those who keep
   * sessions make room and wait for one.
   */
  Session open(String database) throws SQLException {
    long deadline = System.nanoTime() + MAX_WAIT_FOR_ROOM.toNanos();
    while (true) {
      try {
        return new Session(source(database).getConnection());
      } catch (SQLException e) {
        if (!SqlState.TOO_MANY_CONNECTIONS.isOf(e)
            || pool.isEmpty()
            || System.nanoTime() - deadline > 0) {
          throw e;
        }
        pool.get().makeRoom();
        LockSupport.parkNanos(PAUSE_FOR_ROOM.toNanos());
      }
    }
  }

  /** Does something in a database of that name, in a session of its own. */
  public void run(String database, Action action) {
    try (Session session = open(database)) {
      action.in(session);
    } catch (SQLException e) {
      throw SqlState.failure(e);
    }
  }

  private PGSimpleDataSource source(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {endpoint.host()});
    source.setPortNumbers(new int[] {endpoint.port()});
    source.setDatabaseName(database);
    source.setUser(user);
    source.setPassword(superuser.reveal());
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(timeouts.socketSeconds());
    source.setPrepareThreshold(0);
    source.setSslMode("disable");
    source.setGssEncMode("disable");
    source.setApplicationName("gatehouse");
    source.setOptions(
        (user.equals(Superuser.NAME) ? OVERRULING : Reader.OVERRULING) + timeouts.startupOptions());
    return source;
  }
}
