package io.gatehouse.engines.postgres;

import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.Resources;
import io.gatehouse.engines.postgres.sql.Session;
import io.gatehouse.engines.postgres.sql.Sessions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * The settings that a running PostgreSQL has read.
 *
 * @param home its data directory
 */
record LoadedSettings(Sessions sessions, Path home) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String VIRTUAL_CPUS = "SELECT current_setting('max_parallel_workers')::int";
  private static final String RELOAD = "SELECT pg_reload_conf()";
  private static final String LOADED_AT = "SELECT pg_conf_load_time()";

  /** Those of all but the superuser, whose number is the same everywhere. */
  private static final String END_SESSIONS =
      """
      SELECT pg_catalog.pg_terminate_backend(pid, 2000) FROM pg_catalog.pg_stat_activity
      WHERE backend_type = 'client backend' AND usesysid <> 10 AND\s""";

  /** Writes these, and waits until they are read. */
  void replace(PostgresConf conf) {
    conf.writeTo(home);
    sessions.maintain(session -> session.holds(RELOAD));
    if (!Await.until(
        TIMEOUT, () -> conf.resources().equals(sessions.maintain(LoadedSettings::resources)))) {
      throw EngineException.passing("PostgreSQL does not take over its resources", null);
    }
  }

  /** Whether these are written, and the process has read them since; a crash may come between. */
  boolean are(PostgresConf conf) {
    return conf.isWrittenIn(home) && areRead();
  }

  private boolean areRead() {
    Instant written = PostgresConf.writtenAt(home);
    return sessions
        .maintain(
            session ->
                session.first(LOADED_AT, row -> row.getObject(1, OffsetDateTime.class).toInstant()))
        .filter(loaded -> !loaded.isBefore(written))
        .isPresent();
  }

  /** New sessions get what the settings say; those that write already would write on. */
  void endSessions(ClientAccess clients) {
    switch (clients) {
      case FULL -> {}
      case READ_ONLY -> endSessions("backend_xid IS NOT NULL");
      case NONE -> endSessions("true");
    }
  }

  private void endSessions(String which) {
    List<Boolean> ended =
        sessions.maintain(session -> session.query(END_SESSIONS + which, row -> row.getBoolean(1)));
    if (ended.contains(false)) {
      throw EngineException.passing("Sessions of clients do not end", null);
    }
  }

  /** What the queries of a cluster may use, as it is set now. */
  static Resources resources(Session session) throws SQLException {
    int virtualCpus = session.query(VIRTUAL_CPUS, row -> row.getInt(1)).getFirst();
    return new Resources(Math.clamp(virtualCpus, 1, Resources.MAX_VIRTUAL_CPUS));
  }
}
