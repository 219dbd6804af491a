package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.engines.Desired;
import io.gatehouse.engines.Observed;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import io.gatehouse.engines.UserRemoval;
import io.gatehouse.platform.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user that fills the disk stops its own cluster, and nobody else. */
final class FillingDiskTest {
  private static final Secret PASSWORD = Secret.of("a password of nobody");
  private static final int DISK_MEGABYTES = 420;
  private static final DiskLimits LIMITS = new DiskLimits(120L << 20, 50L << 20);
  private final Path directory = Postgres.directory();
  private final UUID greedy = UUID.randomUUID();
  private final UUID modest = UUID.randomUUID();
  private Path ballast;
  private PostgresEngine engine;

  @BeforeEach
  void mount() throws Exception {
    Postgres.template();
    String size = "size=" + DISK_MEGABYTES + "m";
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", size, "tmpfs", directory.toString()),
        "a small disk can be mounted by root only");
    engine = newEngine();
    ballast = directory.resolve("ballast");
    for (UUID id : List.of(greedy, modest)) {
      engine.converge(id, new Desired(Presence.RUNNING, new Resources(1)), Progress.SILENT);
      engine.sql(id).createUser("writer", PASSWORD, Duration.ZERO);
    }
    assertThat(engine.guardDisk()).isEmpty();
  }

  private PostgresEngine newEngine() {
    return new PostgresEngine(
        new PostgresConfig(directory, "127.0.0.1", "", 22200, 23999, 0, LIMITS),
        Postgres.template(),
        Postgres.SECRETS,
        InstantSource.system());
  }

  @AfterEach
  void unmount() throws Exception {
    for (UUID id : engine.present()) {
      engine.converge(id, new Desired(Presence.ABSENT, new Resources(1)), Progress.SILENT);
    }
    run("umount", "--lazy", directory.toString());
    Files.deleteIfExists(directory.resolveSibling(directory.getFileName() + ".sizes"));
  }

  @Test
  void a_cluster_that_fills_the_disk_becomes_read_only_then_closed_and_comes_back()
      throws Exception {
    fill(greedy, 60);
    takeAllBut(100);

    assertThat(engine.guardDisk()).containsExactly(greedy);

    assertThat(running(greedy).limitation())
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("nearly full").contains("read-only"));
    assertThatThrownBy(() -> fill(greedy, 1))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
    assertThat(running(modest).limitation()).isEmpty();
    fill(modest, 1);
    engine.converge(greedy, new Desired(Presence.RUNNING, new Resources(3)), Progress.SILENT);
    assertThatThrownBy(() -> fill(greedy, 1)).hasMessageContaining("read-only");

    try (Connection stubborn = connect(greedy)) {
      execute(stubborn, "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE");
      execute(stubborn, content(20));
      assertThat(engine.guardDisk()).containsExactly(greedy);
      assertThatThrownBy(() -> execute(stubborn, "SELECT 1")).isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(() -> connect(greedy).close()).hasMessageContaining("rejects connection");
    assertThat(engine.sql(greedy).removeUser("writer", Duration.ofSeconds(10)))
        .map(UserRemoval::state)
        .hasValue(UserRemoval.State.DONE);
    fill(modest, 1);

    Files.delete(ballast);
    assertThat(engine.guardDisk()).containsExactly(greedy);
    assertThat(running(greedy).limitation()).isEmpty();
    assertThat(engine.isDiskShort()).isFalse();
    engine.sql(greedy).createUser("writer", PASSWORD, Duration.ZERO);
    fill(greedy, 1);
  }

  @Test
  void what_is_restricted_stays_so_while_the_server_is_restarted() throws Exception {
    fill(greedy, 60);
    fill(modest, 20);
    takeAllBut(100);
    assertThat(engine.guardDisk()).containsExactly(greedy);

    engine = newEngine();
    assertThat(engine.isDiskShort()).isTrue();
    engine.converge(greedy, new Desired(Presence.RUNNING, new Resources(2)), Progress.SILENT);
    assertThat(running(greedy).limitation()).isPresent();
    assertThatThrownBy(() -> fill(greedy, 1)).hasMessageContaining("read-only");
    assertThat(engine.guardDisk()).isEmpty();
    assertThat(running(modest).limitation()).isEmpty();
    fill(modest, 1);

    Files.delete(ballast);
    engine = newEngine();
    assertThat(engine.guardDisk()).containsExactly(greedy);
    fill(greedy, 1);
  }

  @Test
  void settings_that_a_killed_server_wrote_are_taken_over_by_the_next() throws Exception {
    Path conf = directory.resolve(greedy.toString()).resolve("postgresql.conf");
    fill(greedy, 60);
    takeAllBut(100);
    Files.writeString(
        conf, Files.readString(conf).replace("unix_", "default_transaction_read_only = on\nunix_"));
    fill(greedy, 1);

    engine = newEngine();
    assertThat(engine.guardDisk()).containsExactly(greedy);
    assertThatThrownBy(() -> fill(greedy, 1)).hasMessageContaining("read-only");
  }

  @Test
  void a_guard_that_was_switched_off_lets_go_of_what_it_restricted() throws Exception {
    fill(greedy, 60);
    takeAllBut(100);
    assertThat(engine.guardDisk()).containsExactly(greedy);

    engine =
        new PostgresEngine(
            new PostgresConfig(directory, "127.0.0.1", "", 22200, 23999, 0),
            Postgres.template(),
            Postgres.SECRETS,
            InstantSource.system());
    assertThat(engine.guardDisk()).containsExactly(greedy);
    fill(greedy, 1);
  }

  @Test
  void room_made_in_between_is_not_yet_enough() throws Exception {
    fill(greedy, 60);
    takeAllBut(100);
    assertThat(engine.guardDisk()).containsExactly(greedy);

    takeAllBut(130);
    assertThat(engine.guardDisk()).isEmpty();
    assertThat(running(greedy).limitation()).isPresent();
  }

  @Test
  void a_read_only_cluster_lets_its_users_make_room() throws Exception {
    fill(greedy, 60);
    takeAllBut(100);
    assertThat(engine.guardDisk()).containsExactly(greedy);

    try (Connection tidy = connect(greedy)) {
      execute(tidy, "SET default_transaction_read_only = off");
      execute(tidy, "TRUNCATE filling");
      assertThat(engine.guardDisk()).containsExactly(greedy);
      assertThat(running(greedy).limitation()).isEmpty();
      execute(tidy, "SELECT 1");
    }
  }

  @Test
  void the_reserve_is_given_up_on_a_full_disk_and_filled_again() throws Exception {
    DiskReserve reserve = new DiskReserve(directory.resolve("reserve"), 32L << 20, 120L << 20);
    reserve.look();
    assertThat(Files.size(directory.resolve("reserve"))).isEqualTo(32L << 20);

    takeAllBut(4);
    reserve.look();
    assertThat(reserve.isHeld()).isFalse();
    assertThat(DiskSpace.free(directory)).isGreaterThan(30L << 20);

    reserve.look();
    assertThat(reserve.isHeld()).isFalse();
    Files.delete(ballast);
    reserve.look();
    assertThat(reserve.isHeld()).isTrue();
  }

  /** What else takes the disk, so that so much is left. */
  private void takeAllBut(long megabytes) throws IOException {
    Files.deleteIfExists(ballast);
    byte[] chunk = new byte[1 << 20];
    try (var out = Files.newOutputStream(ballast)) {
      while (DiskSpace.free(directory) > megabytes << 20) {
        out.write(chunk);
      }
    }
  }

  private void fill(UUID id, int megabytes) throws SQLException {
    try (Connection connection = connect(id)) {
      execute(connection, "CREATE TABLE IF NOT EXISTS filling (content text)");
      execute(connection, content(megabytes));
    }
  }

  private static String content(int megabytes) {
    return "INSERT INTO filling SELECT repeat('x', 1000) FROM generate_series(1, "
        + megabytes * 1000
        + ")";
  }

  private Connection connect(UUID id) throws SQLException {
    int port = running(id).endpoint().port();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/defaultdb", "writer", PASSWORD.reveal());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Observed.Running running(UUID id) {
    return (Observed.Running) engine.observe(id);
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
