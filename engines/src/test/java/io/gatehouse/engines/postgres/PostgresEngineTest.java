package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.engines.ClusterEngine;
import io.gatehouse.engines.ClusterEngineContract;
import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.Observed;
import io.gatehouse.engines.Resources;
import io.gatehouse.engines.postgres.sql.Sessions;
import io.gatehouse.engines.postgres.sql.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The embedded PostgreSQL keeps to what engines promise, also after every kind of accident. */
final class PostgresEngineTest extends ClusterEngineContract {
  private static final Path ROOT = Postgres.directory();

  @Override
  protected ClusterEngine newEngine() {
    return Postgres.engine(ROOT);
  }

  @Test
  void a_created_cluster_answers_sql_with_its_own_superuser_secret_and_no_other() {
    converge(RUNNING);
    Endpoint endpoint = running().endpoint();

    assertThat(
            new Sessions(endpoint, Postgres.SECRETS.superuser(id), Timeouts.BACKGROUND)
                .areOpenWith())
        .isTrue();
    assertThat(
            new Sessions(endpoint, Postgres.template().superuser(), Timeouts.BACKGROUND)
                .areOpenWith())
        .isFalse();
  }

  @Test
  void a_cluster_leads_a_session_of_its_own_out_of_reach_of_the_terminal() throws IOException {
    converge(RUNNING);
    String stat = Files.readString(Path.of("/proc", Long.toString(postmaster().pid()), "stat"));
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    assertThat(fields.get(3)).as("session").isEqualTo(Long.toString(postmaster().pid()));
  }

  @Test
  void a_killed_postmaster_is_seen_as_stopped_and_its_data_comes_back() {
    converge(RUNNING);
    makeTable();
    killPostmaster();
    assertThat(engine.observe(id)).isEqualTo(new Observed.Stopped());

    converge(RUNNING);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void a_copy_broken_off_is_recognised_and_made_anew() throws IOException {
    FileTrees.create(home().partial().resolve("base"));
    assertThat(engine.observe(id)).isInstanceOf(Observed.Partial.class);
    assertThat(engine.present()).containsExactly(id);

    converge(RUNNING);
    assertThat(home().partial()).doesNotExist();
    assertThat(running().resources()).isEqualTo(RUNNING.resources());
  }

  @Test
  void a_copy_broken_off_is_removed_when_the_cluster_is_unwanted() throws IOException {
    FileTrees.create(home().partial().resolve("base"));
    converge(ABSENT);
    assertThat(engine.present()).isEmpty();
  }

  @Test
  void a_removal_broken_off_is_recognised_and_finished() throws IOException {
    FileTrees.create(home().deleting().resolve("base"));
    assertThat(engine.observe(id)).isInstanceOf(Observed.Partial.class);
    assertThat(engine.present()).containsExactly(id);

    converge(ABSENT);
    assertThat(engine.observe(id)).isEqualTo(new Observed.Absent());
  }

  @Test
  void a_cluster_broken_off_before_its_superuser_got_the_secret_is_finished() throws IOException {
    Postgres.template().copyTo(home().path());
    int port = new Ports("127.0.0.1", 25000, 26000).choose(id);
    instance().start(new PostgresConf("127.0.0.1", port, 16, new Resources(1)));
    assertThat(engine.observe(id)).isInstanceOf(Observed.Partial.class);

    converge(RUNNING);
    assertThat(running().resources()).isEqualTo(RUNNING.resources());
  }

  @Test
  void a_stale_lock_file_does_not_hinder_a_start() throws IOException {
    converge(RUNNING);
    String lock = Files.readString(lockFile());
    converge(STOPPED);
    Files.writeString(lockFile(), lock);
    assertThat(engine.observe(id)).isEqualTo(new Observed.Stopped());

    converge(RUNNING);
    assertThat(running().resources()).isEqualTo(RUNNING.resources());
  }

  @Test
  void a_lock_file_that_names_a_stranger_harms_neither() throws IOException {
    converge(RUNNING);
    List<String> lock = Files.readAllLines(lockFile());
    converge(STOPPED);
    Process stranger = new ProcessBuilder("sleep", "60").start();
    lock.set(0, Long.toString(stranger.pid()));
    Files.write(lockFile(), lock);

    assertThat(engine.observe(id)).isEqualTo(new Observed.Stopped());
    converge(STOPPED);
    converge(RUNNING);
    converge(ABSENT);
    assertThat(stranger.isAlive()).isTrue();
    stranger.destroyForcibly();
  }

  @Test
  void clusters_may_listen_on_every_address_and_are_reached_from_here() {
    PostgresConfig config = new PostgresConfig(ROOT, "*", "", 22200, 23999, 0);
    engine =
        new PostgresEngine(config, Postgres.template(), Postgres.SECRETS, InstantSource.system());
    converge(RUNNING);
    assertThat(running().endpoint().host()).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "::"})
  void clusters_may_listen_on_addresses_of_ipv6(String address) {
    assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "this machine has no IPv6");
    PostgresConfig config = new PostgresConfig(ROOT, address, "", 22200, 23999, 0);
    engine =
        new PostgresEngine(config, Postgres.template(), Postgres.SECRETS, InstantSource.system());
    converge(RUNNING);
    assertThat(running().endpoint().host()).isEqualTo("::1");
  }

  @Test
  void an_address_cannot_bring_in_other_settings() {
    assertThatThrownBy(() -> new PostgresConfig(ROOT, "127.0.0.1'\nfsync = 'off", "", 1, 2, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void removing_leaves_no_process_no_directory_and_no_port() throws IOException {
    converge(RUNNING);
    int port = running().endpoint().port();
    converge(ABSENT);

    assertThat(Processes.all()).doesNotContainValue(home().path());
    assertThat(ROOT).isEmptyDirectory();
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
  }

  @Test
  void a_process_whose_directory_was_taken_away_is_found_and_ended() throws Exception {
    converge(RUNNING);
    for (long pid : processes()) { // left to itself it may notice and end before it is found
      new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
    }
    FileTrees.delete(home().path());
    assertThat(engine.observe(id)).isInstanceOf(Observed.Partial.class);
    assertThat(engine.present()).containsExactly(id);

    converge(ABSENT);
    assertThat(engine.present()).isEmpty();
    assertThat(Processes.all()).doesNotContainValue(home().path());
  }

  private List<Long> processes() {
    return Processes.all().entrySet().stream()
        .filter(process -> process.getValue().equals(home().path()))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void administrators_cannot_drop_their_own_role() throws Exception {
    converge(RUNNING);
    makeTable();
    try (var connection = connect("keeper");
        var statement = connection.createStatement()) {
      statement.execute("REASSIGN OWNED BY admin TO keeper");
      statement.execute("DROP OWNED BY admin");

      assertThatThrownBy(() -> statement.execute("DROP ROLE admin"))
          .hasMessageContaining("some objects depend on it");
    }
  }

  @Test
  void a_log_that_grew_too_long_is_cut_while_the_cluster_runs() throws IOException {
    converge(RUNNING);
    Path log = LogFile.in(home().path()).path();
    Files.write(log, new byte[9 << 20]);
    assertThat(running().resources()).isEqualTo(RUNNING.resources());
    assertThat(log).isEmptyFile();
  }

  @Test
  void directories_are_closed_to_others() throws IOException {
    converge(RUNNING);
    for (Path path : List.of(ROOT, home().path(), home().path().resolve("base"))) {
      assertThat(Files.getPosixFilePermissions(path)).as(path.toString()).hasSize(3);
    }
  }

  @Test
  void without_a_free_port_a_cluster_is_refused_for_good_and_nothing_of_it_stays()
      throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      PostgresConfig config = new PostgresConfig(ROOT, "127.0.0.1", "", port, port, 0);
      engine =
          new PostgresEngine(config, Postgres.template(), Postgres.SECRETS, InstantSource.system());
      assertThatThrownBy(() -> converge(RUNNING))
          .isInstanceOfSatisfying(
              EngineException.class, failure -> assertThat(failure.permanent()).isTrue())
          .hasMessageContaining("No port is free");
      assertThat(ROOT).isEmptyDirectory();
    }
  }

  private AtomicDirectory home() {
    return new AtomicDirectory(ROOT.resolve(id.toString()));
  }

  private PostgresInstance instance() {
    return new PostgresInstance(Postgres.template().binaries(), home().path());
  }

  private Postmaster postmaster() {
    return Postmaster.of(home().path()).orElseThrow();
  }

  private Path lockFile() {
    return Postmaster.lockFile(home().path());
  }

  private void killPostmaster() {
    ProcessHandle process = ProcessHandle.of(postmaster().pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }
}
