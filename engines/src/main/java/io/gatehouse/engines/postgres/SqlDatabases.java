package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.SqlAdmin.Page;
import io.gatehouse.engines.SqlAdmin.Renamed;
import io.gatehouse.engines.SqlDatabase;
import io.gatehouse.engines.postgres.Sessions.Patience;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;

/**
 * The databases of one cluster, other than those of the superuser, which the usual templates are.
 */
record SqlDatabases(Sessions cluster) {
  private static final int OPENED_AT_ONCE = 4;
  private static final int MOST_RENAMINGS_TRIED = 5;
  private static final String FOR_A_RENAMING = "SET statement_timeout = '800ms'";
  private static final String NAMES =
      """
      SELECT datname::text COLLATE "C" FROM pg_database
      WHERE datdba <> 'gatehouse'::regrole
      """;
  private static final String EXISTS = "SELECT ?::text IN (" + NAMES + ")";

  /** PostgreSQL drops none that its owner made a template. */
  private static final String IS_TEMPLATE =
      "SELECT EXISTS (SELECT FROM pg_database WHERE datname = ? AND datistemplate)";

  private static final String TABLES =
      """
      SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
      WHERE relkind IN ('r', 'p') AND NOT relispartition
        AND nspname <> 'information_schema' AND NOT starts_with(nspname, 'pg_')
      """;
  private static final String END_SESSIONS =
      "SELECT pg_terminate_backend(pid, 300) FROM pg_stat_activity WHERE datname = ?";

  List<SqlDatabase> list(Page page) {
    List<String> names =
        cluster.in(Sessions.MAINTENANCE, session -> NamePage.read(session, NAMES, page));
    return names.stream().gather(Gatherers.mapConcurrent(OPENED_AT_ONCE, this::look)).toList();
  }

  Optional<SqlDatabase> find(String name) {
    SqlText.name(name);
    return exists(name) ? Optional.of(look(name)) : Optional.empty();
  }

  boolean create(String name) {
    String create =
        "CREATE DATABASE %s OWNER admin TEMPLATE template0".formatted(SqlText.name(name));
    return cluster.in(Sessions.MAINTENANCE, session -> isFree(session, create));
  }

  Renamed rename(String name, String newName) {
    String rename =
        "ALTER DATABASE %s RENAME TO %s".formatted(SqlText.name(name), SqlText.name(newName));
    if (!exists(name)) {
      return Renamed.NO_SUCH_DATABASE;
    }
    return cluster.in(Sessions.MAINTENANCE, session -> rename(session, name, rename));
  }

  Optional<SqlDatabase> drop(String name) {
    String quoted = SqlText.name(name);
    Optional<SqlDatabase> dropped = find(name);
    if (dropped.isPresent()) {
      cluster.run(Sessions.MAINTENANCE, session -> drop(session, name, quoted));
    }
    return dropped;
  }

  /** Removing many files may take a while, as copying the template does. */
  private static void drop(Session session, String name, String quoted) throws SQLException {
    Patience.LONG.set(session);
    if (session.holds(IS_TEMPLATE, name)) {
      session.execute("ALTER DATABASE %s IS_TEMPLATE false".formatted(quoted));
    }
    session.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(quoted));
  }

  private boolean exists(String name) {
    return cluster.in(Sessions.MAINTENANCE, session -> session.holds(EXISTS, name));
  }

  private SqlDatabase look(String name) {
    long tables =
        cluster
            .inIfOpen(name, session -> session.query(TABLES, row -> row.getLong(1)).getFirst())
            .orElse(0L);
    return new SqlDatabase(name, tables);
  }

  private static boolean isFree(Session session, String create) throws SQLException {
    Administrators.ensure(session);
    Patience.LONG.set(session);
    try {
      session.execute(create);
      return true;
    } catch (SQLException e) {
      if (isTaken(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Clients may come back between the end of their sessions and the renaming; then again. */
  private static Renamed rename(Session session, String name, String rename) throws SQLException {
    session.execute(FOR_A_RENAMING);
    for (int tried = 0; tried < MOST_RENAMINGS_TRIED; tried++) {
      try {
        session.query(END_SESSIONS, row -> row.getBoolean(1), name);
        session.execute(rename);
        return Renamed.DONE;
      } catch (SQLException e) {
        if (isTaken(e)) {
          return Renamed.NAME_TAKEN;
        }
        if (SqlState.NO_SUCH_DATABASE.isOf(e)) {
          return Renamed.NO_SUCH_DATABASE;
        }
        if (!SqlState.DATABASE_IN_USE.isOf(e) && !SqlState.CANCELED.isOf(e)) {
          throw e;
        }
      }
    }
    throw EngineException.passing("The database is in use all the time", null);
  }

  private static boolean isTaken(SQLException failure) {
    return SqlState.DUPLICATE_DATABASE.isOf(failure) || SqlState.UNIQUE_VIOLATION.isOf(failure);
  }
}
