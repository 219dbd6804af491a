package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.engines.AccessSweep;
import io.gatehouse.engines.Desired;
import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.Observed;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import io.gatehouse.engines.SqlUser;
import io.gatehouse.engines.UserRemoval.State;
import io.gatehouse.platform.secret.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster is restarted for a session that does not end, whatever else does not end in it. */
final class LastResortTest {
  private static final Secret PASSWORD = Secret.of("a password of nobody");
  private static final Resources RESOURCES = new Resources(3);
  private static final String PID = "SELECT pg_backend_pid()";

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final UUID id = UUID.randomUUID();
  private final PostgresEngine engine =
      new PostgresEngine(
          PostgresConfig.in(Postgres.directory()), Postgres.template(), Postgres.SECRETS, now::get);
  private final List<Connection> fillers = new ArrayList<>();

  @BeforeEach
  void create() {
    engine.converge(id, new Desired(Presence.RUNNING, RESOURCES), Progress.SILENT);
    assertThat(engine.sql(id).createUser("undead", PASSWORD, Duration.ZERO)).isEmpty();
  }

  @AfterEach
  void remove() throws SQLException {
    engine.converge(id, new Desired(Presence.ABSENT, RESOURCES), Progress.SILENT);
    for (Connection filler : fillers) {
      filler.close();
    }
  }

  @Test
  void a_restart_needs_no_connection_where_all_are_taken() throws Exception {
    try (Connection open = connect(running().endpoint(), "undead", PASSWORD)) {
      String process = String.valueOf(pid(open));
      new ProcessBuilder("kill", "-STOP", process).start().waitFor();
      assertThat(engine.sql(id).removeUser("undead", Duration.ZERO))
          .hasValueSatisfying(
              removal -> assertThat(removal.state()).isEqualTo(State.ENDING_SESSIONS));
      takeAllConnections();
      now.set(Instant.EPOCH.plusSeconds(61));

      AccessSweep sweep = sweepWhileOthersWantConnections();

      assertThat(sweep.restarted()).isTrue();
      assertThat(sweep.finished()).extracting(SqlUser::name).containsExactly("undead");
      assertThat(open.isValid(1)).isFalse();
      assertThat(running().resources()).isEqualTo(RESOURCES);
    }
  }

  /** Whatever is given up is taken by others at once. */
  private AccessSweep sweepWhileOthersWantConnections() {
    Endpoint endpoint = running().endpoint();
    try (var _ = new Reconnecting(8, () -> connectAsSuperuser(endpoint))) {
      return engine.sql(id).sweep();
    }
  }

  /** As the superuser, so that the connections are taken too that are reserved for it. */
  private void takeAllConnections() {
    Endpoint endpoint = running().endpoint();
    assertThatThrownBy(
            () -> {
              while (fillers.size() < 200) {
                fillers.add(connectAsSuperuser(endpoint));
              }
            })
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53300"));
  }

  private static int pid(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var answer = statement.executeQuery(PID)) {
      answer.next();
      return answer.getInt(1);
    }
  }

  private Connection connectAsSuperuser(Endpoint endpoint) throws SQLException {
    return connect(endpoint, "gatehouse", Postgres.SECRETS.superuser(id));
  }

  private static Connection connect(Endpoint endpoint, String user, Secret password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + endpoint.port() + "/defaultdb", user, password.reveal());
  }

  private Observed.Running running() {
    return (Observed.Running) engine.observe(id);
  }
}
