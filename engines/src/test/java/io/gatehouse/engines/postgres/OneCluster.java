package io.gatehouse.engines.postgres;

import io.gatehouse.engines.Desired;
import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import io.gatehouse.engines.SqlAdmin;
import io.gatehouse.engines.postgres.sql.Sessions;
import io.gatehouse.engines.postgres.sql.Timeouts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A running cluster that the tests of a class share. */
final class OneCluster {
  private static final Resources RESOURCES = new Resources(1);
  private final Path root = Postgres.directory();
  private final PostgresEngine engine = Postgres.engine(root);
  private final UUID id = UUID.randomUUID();

  void create() {
    engine.converge(id, new Desired(Presence.RUNNING, RESOURCES), Progress.SILENT);
  }

  void remove() {
    engine.converge(id, new Desired(Presence.ABSENT, RESOURCES), Progress.SILENT);
  }

  SqlAdmin admin() {
    return engine.sql(id);
  }

  Endpoint endpoint() {
    int port = Postmaster.of(root.resolve(id.toString())).orElseThrow().port();
    return new Endpoint("127.0.0.1", port);
  }

  Sessions superuser() {
    return new Sessions(endpoint(), Postgres.SECRETS.superuser(id), Timeouts.BACKGROUND);
  }

  Connection connectAsSuperuser(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + endpoint().port() + "/" + database,
        "gatehouse",
        Postgres.SECRETS.superuser(id).reveal());
  }

  /** The first column of an answer that the superuser gets. */
  List<String> texts(String database, String sql) {
    List<String> texts = new ArrayList<>();
    superuser()
        .run(
            database,
            session -> texts.addAll(session.query(sql, row -> String.valueOf(row.getString(1)))));
    return texts;
  }

  /** Sends a signal to all of its processes. */
  void signalAll(String name) throws IOException, InterruptedException {
    long pid = Postmaster.of(root.resolve(id.toString())).orElseThrow().pid();
    new ProcessBuilder("pkill", "-" + name, "-P", Long.toString(pid)).start().waitFor();
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  LogFile log() {
    return LogFile.in(root.resolve(id.toString()));
  }
}
