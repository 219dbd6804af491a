package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.gatehouse.platform.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access to a cluster under bad circumstances, as the API shows it. */
class SqlAccessTest {
  private static final TestServer SERVER = TestServer.shared();
  private static final TestOrganization ORGANIZATION = SERVER.organization();
  private static final String CLUSTER = ORGANIZATION.cluster("sql-access");
  private static final String CLUSTER_PATH = "/api/v1/clusters/" + CLUSTER;
  private static final String USERS = CLUSTER_PATH + "/sql-users";
  private static final String PASSWORD = "correct horse battery staple";
  private static final int MAX_CONNECTIONS = 100;

  private final ApiClient admin = ORGANIZATION.admin();

  private static String user(String name) {
    return USERS + "/" + SqlSession.encode(name);
  }

  private static Map<String, String> body(String name) {
    return Map.of("name", name, "password", PASSWORD);
  }

  private void create(String name) {
    admin.post(USERS, body(name)).ok();
  }

  private SqlSession login(String name, String database) throws SQLException {
    return SqlSession.open(admin, CLUSTER, database, name, PASSWORD);
  }

  private void run(String name, String database, String... statements) throws SQLException {
    try (SqlSession session = login(name, database)) {
      for (String statement : statements) {
        session.execute(statement);
      }
    }
  }

  private JsonNode listed(String name) {
    return admin.walk(USERS, "users", 100).stream()
        .filter(user -> user.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> names() {
    return admin.walk(USERS, "users", 100).stream().map(u -> u.path("name").asText()).toList();
  }

  @Test
  void a_removal_that_is_kept_back_is_listed_goes_on_by_itself_and_is_audited() throws Exception {
    create("blocked");
    create("reader");
    run(
        "blocked",
        "defaultdb",
        "CREATE TABLE read_for_long (n int)",
        "CREATE VIEW seen AS SELECT * FROM read_for_long");
    try (SqlSession reading = login("reader", "defaultdb")) {
      reading.execute("BEGIN");
      reading.value("SELECT count(*) FROM seen");

      JsonNode answer = admin.delete(user("blocked")).ok().path("removal");

      assertThat(answer.path("state").asText()).isEqualTo("CLEANING_UP");
      assertThat(answer.path("blocker").asText()).contains("seen", "of reader", "\"defaultdb\"");
      assertThat(answer.path("since").asText()).endsWith("Z");
      assertThatThrownBy(() -> login("blocked", "defaultdb").close())
          .isInstanceOf(SQLException.class);
      assertThat(listed("blocked").path("removal").path("blocker").asText()).contains("seen");
      assertThat(admin.post(USERS, body("blocked")).isRefused(409, 6).message())
          .startsWith("the SQL user 'blocked' is still being removed: ");
      var change = Map.of("password", PASSWORD);
      admin.put(user("blocked") + "/password", change).isRefused(404, 5);
    }
    Await.until(this::names, names -> !names.contains("blocked"));
    JsonNode removal =
        Await.until(
            () -> lastRemovalOf("blocked"), found -> found.path("state").asText().equals("DONE"));
    assertThat(removal.path("review").toString()).contains("\"view\"", "public.seen");
    admin.delete(user("reader")).ok();
  }

  /** As the newest event about a SQL user has it. */
  private JsonNode lastRemovalOf(String name) {
    return admin.walk("/api/v1/auditlogevents?sort_order=DESC", "entries", 100).stream()
        .map(entry -> Json.read(entry.path("payload").asText(), JsonNode.class))
        .filter(payload -> payload.path("sql_user").asText().equals(name))
        .findFirst()
        .map(payload -> payload.path("removal"))
        .orElse(MissingNode.getInstance());
  }

  @Test
  void the_answer_of_a_removal_and_its_event_say_what_is_to_be_reviewed() throws Exception {
    create("coder");
    run("coder", "defaultdb", "CREATE TABLE code (n int)", "CREATE VIEW lines AS TABLE code");

    JsonNode removal = admin.delete(user("coder")).ok().path("removal");

    assertThat(removal.path("state").asText()).isEqualTo("DONE");
    assertThat(removal.path("review").path(0).path("kind").asText()).isEqualTo("view");
    assertThat(removal.path("review").path(0).path("database").asText()).isEqualTo("defaultdb");
    assertThat(removal.path("review").path(0).path("name").asText()).isEqualTo("public.lines");
    JsonNode audited = Await.until(() -> lastRemovalOf("coder"), found -> !found.isMissingNode());
    assertThat(audited.path("review")).isEqualTo(removal.path("review"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "Admin", "node", "crdb_x", " spaced ", "zero\u200Bwidth"})
  void what_was_made_in_sql_under_a_reserved_name_can_be_changed_and_removed(String name)
      throws Exception {
    create("maker");
    run(
        "maker",
        "defaultdb",
        "CREATE ROLE \"" + name + "\" LOGIN",
        "CREATE DATABASE \"" + name + "\"");
    assertThat(names()).contains(name);
    admin.post(USERS, body(name)).isRefused(400, 3);

    admin.put(user(name) + "/password", Map.of("password", PASSWORD)).ok();
    login(name, "defaultdb").close();
    admin.delete(user(name)).ok();
    String database = CLUSTER_PATH + "/databases/" + SqlSession.encode(name);
    admin.delete(database).ok();
    assertThat(names()).doesNotContain(name);
    admin.delete(user("maker")).ok();
  }

  @Test
  void a_name_that_differs_from_another_in_case_only_is_refused() {
    create("Deploy");

    assertThat(admin.post(USERS, body("DEPLOY")).isRefused(409, 6).message())
        .isEqualTo("the SQL user 'Deploy' exists, whose name differs in case only");
    assertThat(names()).contains("Deploy").doesNotContain("DEPLOY");
  }

  @Test
  void passwords_changed_at_once_all_succeed_and_one_wins() throws Exception {
    create("contested");
    List<Integer> statuses =
        AtOnce.send(
            Collections.nCopies(
                8, () -> admin.put(user("contested") + "/password", Map.of("password", PASSWORD))));

    assertThat(statuses).containsOnly(200);
    login("contested", "defaultdb").close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00AD", "a\u200Bb", "a\u0007b"})
  void a_password_that_keeps_some_clients_out_is_refused(String password) {
    var body = Map.of("name", "nobody yet", "password", password);
    assertThat(admin.post(USERS, body).isRefused(400, 3).message())
        .startsWith("invalid argument: password: must not have");
    assertThat(names()).doesNotContain("nobody yet");
  }

  @Test
  void a_database_is_renamed_while_clients_reconnect_and_others_are_idle() throws Exception {
    create("client");
    admin.post(CLUSTER_PATH + "/databases", Map.of("name", "busy")).ok();
    List<SqlSession> idle = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      idle.add(login("client", "busy"));
    }
    CountDownLatch reconnecting = new CountDownLatch(20);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> gone =
          threads.submit(() -> reconnectUntilGone("client", "busy", reconnecting));
      reconnecting.await();

      admin.patch(CLUSTER_PATH + "/databases/busy", Map.of("new_name", "renamed")).ok();
      assertThat(gone.get()).as("it reconnected until the name was gone").isTrue();
    }
    run("client", "renamed", "CREATE TABLE t (n int)");
    for (SqlSession session : idle) {
      assertThat(session.connection().isValid(1)).isFalse();
      session.close();
    }
  }

  /** Whether there was no such database in the end; counts the sessions that it had. */
  private boolean reconnectUntilGone(String user, String database, CountDownLatch sessions) {
    for (int attempt = 0; attempt < 10_000; attempt++) {
      try (SqlSession session = login(user, database)) {
        session.value("SELECT 1");
        sessions.countDown();
      } catch (SQLException e) {
        if ("3D000".equals(e.getSQLState())) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void a_cluster_whose_connections_are_all_taken_is_administered_all_the_same() throws Exception {
    create("greedy");
    admin.get(USERS).ok();
    int port = port();
    List<SqlSession> sessions = new ArrayList<>();
    List<Socket> halfOpen = new ArrayList<>();
    try {
      assertThatThrownBy(() -> takeAll(sessions)).isInstanceOf(SQLException.class);
      for (int i = 0; i < MAX_CONNECTIONS; i++) {
        halfOpen.add(startLogin(port));
      }
      admin.get(USERS).ok();
      create("made under pressure");
      admin.put(user("made under pressure") + "/password", Map.of("password", "another")).ok();
      admin.delete(user("made under pressure")).ok();
      JsonNode removal = admin.delete(user("greedy")).ok().path("removal");
      assertThat(removal.path("state").asText()).isEqualTo("DONE");
    } finally {
      for (Socket socket : halfOpen) {
        socket.close();
      }
      for (SqlSession session : sessions) {
        session.close();
      }
    }
  }

  private int port() {
    String shown =
        admin
            .get(CLUSTER_PATH + "/connection-string?sql_user=greedy")
            .ok()
            .path("params")
            .path("Port")
            .asText();
    return Integer.parseInt(shown);
  }

  private void takeAll(List<SqlSession> sessions) throws SQLException {
    while (sessions.size() <= MAX_CONNECTIONS) {
      sessions.add(login("greedy", "defaultdb"));
    }
  }

  /** A login that is begun and never finished. */
  private static Socket startLogin(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    byte[] parameters = "user\0greedy\0database\0defaultdb\0\0".getBytes(StandardCharsets.UTF_8);
    ByteBuffer startup = ByteBuffer.allocate(8 + parameters.length);
    startup.putInt(startup.capacity()).putInt(3 << 16).put(parameters);
    OutputStream out = socket.getOutputStream();
    out.write(startup.array());
    out.flush();
    return socket;
  }

  @Test
  void a_deleted_user_stays_deleted_while_its_clients_reconnect() throws Exception {
    create("stubborn");
    create("watcher");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        threads.execute(() -> reconnectUntilRefused("stubborn"));
      }
      Await.until(() -> sessionsOf("stubborn"), count -> count >= 10);

      assertThat(admin.delete(user("stubborn")).ok().path("removal").path("state").asText())
          .isEqualTo("DONE");
    }
    assertThat(names()).doesNotContain("stubborn");
  }

  private void reconnectUntilRefused(String user) {
    for (int attempt = 0; attempt < 10_000; attempt++) {
      try (SqlSession session = login(user, "defaultdb")) {
        while (session.connection().isValid(1)) {
          session.value("SELECT pg_sleep(0.05)");
        }
      } catch (SQLException e) {
        if (String.valueOf(e.getSQLState()).startsWith("28")) {
          return;
        }
      }
    }
  }

  private int sessionsOf(String user) {
    try (SqlSession session = login("watcher", "defaultdb")) {
      return Integer.parseInt(
          session.value("SELECT count(*) FROM pg_stat_activity WHERE usename = '" + user + "'"));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
