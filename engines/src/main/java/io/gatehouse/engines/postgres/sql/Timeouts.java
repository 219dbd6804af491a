package io.gatehouse.engines.postgres.sql;

import java.sql.SQLException;

/** How long a session waits for PostgreSQL. */
public enum Timeouts {
  /** A caller waits for the answer. */
  REQUEST(3, 4, 5),
  /** Nobody waits, or the statement does real work. */
  BACKGROUND(10, 30, 40);

  private final int lockSeconds;
  private final int statementSeconds;
  private final int socketSeconds;

  Timeouts(int lockSeconds, int statementSeconds, int socketSeconds) {
    this.lockSeconds = lockSeconds;
    this.statementSeconds = statementSeconds;
    this.socketSeconds = socketSeconds;
  }

  int socketSeconds() {
    return socketSeconds;
  }

  String startupOptions() {
    return " -c lock_timeout=%ds -c statement_timeout=%ds".formatted(lockSeconds, statementSeconds);
  }

  /** Applies these timeouts to the statements to come of an open session. */
  public void set(Session session) throws SQLException {
    session.execute(
        "SELECT set_config('lock_timeout', '%ds', false), set_config('statement_timeout', '%ds', false)"
            .formatted(lockSeconds, statementSeconds));
    session.connection().setNetworkTimeout(Runnable::run, socketSeconds * 1000);
  }
}
