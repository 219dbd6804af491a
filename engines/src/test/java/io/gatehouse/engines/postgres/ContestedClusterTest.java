package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.SqlAdmin;
import io.gatehouse.engines.SqlAdmin.Renamed;
import io.gatehouse.engines.SqlAdminFixture;
import io.gatehouse.engines.SqlUser;
import io.gatehouse.engines.postgres.sql.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Users and databases are administered while others change the same things, and each other. */
final class ContestedClusterTest extends SqlAdminFixture {
  private static final OneCluster CLUSTER = new OneCluster();
  private static final int DATABASES = 6;

  private static final String KEPT_SESSIONS =
      """
      SELECT pid FROM pg_stat_activity
      WHERE datname = 'postgres' AND usesysid = 10 AND pid <> pg_backend_pid()
      """;

  private static final String VERIFIER =
      "SELECT rolpassword FROM pg_authid WHERE rolname = 'gatehouse_reader'";

  private static final String ADMIN =
      "(SELECT member FROM pg_auth_members WHERE roleid = 4200 AND grantor = 10)";

  private static final String WAITING =
      "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";

  @BeforeAll
  static void createCluster() {
    CLUSTER.create();
  }

  @AfterAll
  static void removeCluster() {
    CLUSTER.remove();
  }

  @Override
  protected SqlAdmin admin() {
    return CLUSTER.admin();
  }

  @Override
  protected Endpoint endpoint() {
    return CLUSTER.endpoint();
  }

  private List<String> createDatabases() {
    List<String> names = IntStream.range(0, DATABASES).mapToObj(i -> "shop_" + i).toList();
    names.forEach(admin()::createDatabase);
    return names;
  }

  private static List<String> texts(String sql) {
    return CLUSTER.texts("postgres", sql);
  }

  private static void asSuperuser(String statement) {
    CLUSTER.superuser().run("postgres", session -> session.execute(statement));
  }

  @Test
  void databases_that_nobody_may_enter_are_listed_by_several_at_once() throws Exception {
    create("ann");
    List<String> databases = createDatabases();
    assertThat(admin().databases(ALL)).hasSize(DATABASES + 1);
    List<String> verifier = texts(VERIFIER);
    for (int round = 0; round < 3; round++) {
      for (String database : databases) {
        asSuperuser("REVOKE ALL ON DATABASE " + database + " FROM PUBLIC, gatehouse_reader");
      }
      asSuperuser("ALTER ROLE gatehouse_reader PASSWORD 'another'");

      assertThat(together(3, () -> admin().databases(ALL).size() == DATABASES + 1))
          .containsOnly(true);
      assertThat(texts(VERIFIER)).isEqualTo(verifier);
    }
  }

  @Test
  void renaming_a_database_that_clients_use_breaks_no_kept_session() throws Exception {
    create("ann");
    createDatabases();
    assertThat(together(4, () -> admin().databases(ALL).size() == DATABASES + 1))
        .containsOnly(true);
    List<String> kept = texts(KEPT_SESSIONS);
    assertThat(kept).hasSize(2);
    for (int i = 0; i < 15; i++) {
      String name = i % 2 == 0 ? "shop_0" : "store";
      try (Connection open = connect("ann", name)) {
        assertThat(admin().renameDatabase(name, i % 2 == 0 ? "store" : "shop_0"))
            .isEqualTo(Renamed.DONE);
        assertThat(open.isValid(5)).isFalse();
      }
    }
    assertThat(texts(KEPT_SESSIONS)).containsExactlyInAnyOrderElementsOf(kept);
  }

  @Test
  void more_databases_than_there_are_sessions_are_renamed_at_once_while_clients_reconnect()
      throws Exception {
    create("ann");
    createDatabases();
    AtomicInteger next = new AtomicInteger();
    try (var clients = new Reconnecting(DATABASES, () -> connectToAny())) {
      clients.awaitConnected();
      assertThat(together(DATABASES, () -> isRenamed(next.getAndIncrement()))).containsOnly(true);
    }
  }

  private Connection connectToAny() throws SQLException {
    return connect("ann", "shop_" + Math.floorMod(System.nanoTime(), DATABASES));
  }

  private boolean isRenamed(int number) {
    return admin().renameDatabase("shop_" + number, "store_" + number) == Renamed.DONE;
  }

  @Test
  void a_user_joins_the_administrators_whatever_they_are_called_at_that_moment() throws Exception {
    create("ann");
    try (Session holder = new Session(superuserConnection());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      holder.query("SELECT pg_advisory_lock(1, 0)", row -> "");
      Future<Optional<SqlUser>> creation = threads.submit(() -> create("eve"));
      assertThat(Await.until(Duration.ofSeconds(10), () -> !texts(WAITING).isEmpty())).isTrue();
      run("ann", "defaultdb", "ALTER ROLE admin RENAME TO chiefs", "CREATE ROLE admin");
      holder.query("SELECT pg_advisory_unlock(1, 0)", row -> "");

      assertThat(creation.get()).isEmpty();
    }
    run("ann", "defaultdb", "DROP ROLE admin", "ALTER ROLE chiefs RENAME TO admin");
    assertThat(
            texts(
                "SELECT 1 FROM pg_auth_members WHERE member = 'eve'::regrole AND roleid = "
                    + ADMIN))
        .hasSize(1);
    run("eve", "defaultdb", "CREATE ROLE of_eve", "DROP ROLE of_eve");
  }

  private Connection superuserConnection() throws SQLException {
    return CLUSTER.connectAsSuperuser("postgres");
  }

  @Test
  void databases_belong_to_the_administrators_whatever_they_are_called_at_that_moment()
      throws Exception {
    create("ann");
    AtomicBoolean renaming = new AtomicBoolean(true);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(() -> renameAdministrators(renaming));
      try {
        for (int i = 0; i < 25; i++) {
          assertThat(admin().createDatabase("made_" + i)).isTrue();
        }
      } finally {
        renaming.set(false);
      }
    }
    assertThat(texts("SELECT 1 FROM pg_database WHERE datname LIKE 'made%' AND datdba = " + ADMIN))
        .hasSize(25);
  }

  private void renameAdministrators(AtomicBoolean renaming) {
    while (renaming.get()) {
      for (String change :
          List.of("ALTER ROLE admin RENAME TO chiefs", "ALTER ROLE chiefs RENAME TO admin")) {
        try {
          run("ann", "defaultdb", change);
        } catch (SQLException e) {
          continue; // it was put right already
        }
        LockSupport.parkNanos(5_000_000);
      }
    }
  }
}
