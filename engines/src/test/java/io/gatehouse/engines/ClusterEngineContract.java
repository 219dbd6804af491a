package io.gatehouse.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.secret.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine keeps to. A test class of an engine extends it and says how to make one. */
public abstract class ClusterEngineContract {
  protected static final Desired RUNNING = new Desired(Presence.RUNNING, new Resources(2));
  protected static final Desired STOPPED = new Desired(Presence.STOPPED, new Resources(2));
  protected static final Desired ABSENT = new Desired(Presence.ABSENT, new Resources(2));
  private static final Secret PASSWORD = Secret.of("a password of nobody");

  protected final UUID id = UUID.randomUUID();
  protected ClusterEngine engine;

  /** A new engine object over the same place each time, as after a restart of the server. */
  protected abstract ClusterEngine newEngine();

  @BeforeEach
  void start() {
    engine = newEngine();
  }

  @AfterEach
  void removeEverything() {
    engine.present().forEach(left -> engine.converge(left, ABSENT, Progress.SILENT));
  }

  @Test
  void a_cluster_that_was_never_made_is_absent() {
    assertThat(engine.observe(id)).isEqualTo(new Observed.Absent());
    assertThat(engine.present()).isEmpty();
  }

  @Test
  void a_created_cluster_runs_with_the_resources_it_was_given() {
    converge(new Desired(Presence.RUNNING, new Resources(3)));

    assertThat(running().resources()).isEqualTo(new Resources(3));
    assertThat(engine.present()).containsExactly(id);
  }

  @Test
  void steps_are_told_as_they_begin() {
    List<String> steps = new ArrayList<>();
    engine.converge(id, RUNNING, steps::add);
    assertThat(steps).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void converging_again_changes_nothing() {
    converge(RUNNING);
    Observed before = engine.observe(id);
    makeTable();

    converge(RUNNING);

    assertThat(engine.observe(id)).isEqualTo(before);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void resources_change_while_sessions_stay_open() throws SQLException {
    converge(RUNNING);
    engine.sql(id).createUser("keeper", PASSWORD, Duration.ZERO);
    try (Connection open = connect("keeper")) {
      converge(new Desired(Presence.RUNNING, new Resources(7)));

      assertThat(running().resources()).isEqualTo(new Resources(7));
      assertThat(open.isValid(5)).isTrue();
    }
  }

  @Test
  void a_stopped_cluster_comes_back_with_its_data_at_the_same_place() {
    converge(RUNNING);
    Endpoint before = running().endpoint();
    makeTable();

    converge(STOPPED);
    assertThat(engine.observe(id)).isEqualTo(new Observed.Stopped());

    converge(RUNNING);
    assertThat(running().endpoint()).isEqualTo(before);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void stopping_what_is_not_there_creates_nothing() {
    converge(STOPPED);
    assertThat(engine.observe(id)).isEqualTo(new Observed.Absent());
  }

  @Test
  void removing_leaves_nothing_and_may_be_repeated() {
    converge(RUNNING);
    converge(ABSENT);
    converge(ABSENT);

    assertThat(engine.observe(id)).isEqualTo(new Observed.Absent());
    assertThat(engine.present()).isEmpty();
  }

  @Test
  void a_removed_cluster_may_be_made_again_and_is_empty() {
    converge(RUNNING);
    makeTable();
    converge(ABSENT);
    converge(RUNNING);
    assertThat(engine.sql(id).users(new SqlAdmin.Page(null, false, 10))).isEmpty();
  }

  @Test
  void a_new_engine_adopts_a_running_cluster_and_its_open_sessions() throws SQLException {
    converge(RUNNING);
    engine.sql(id).createUser("keeper", PASSWORD, Duration.ZERO);
    try (Connection open = connect("keeper")) {
      Observed before = engine.observe(id);
      engine = newEngine();

      assertThat(engine.observe(id)).isEqualTo(before);
      converge(RUNNING);
      assertThat(open.isValid(5)).isTrue();
    }
  }

  @Test
  void clusters_share_neither_users_nor_ports() {
    UUID other = UUID.randomUUID();
    converge(RUNNING);
    engine.converge(other, RUNNING, Progress.SILENT);
    engine.sql(id).createUser("keeper", PASSWORD, Duration.ZERO);

    assertThat(engine.sql(other).users(new SqlAdmin.Page(null, false, 10))).isEmpty();
    assertThat(engine.observe(other)).isNotEqualTo(engine.observe(id));
  }

  @Test
  void clusters_made_at_the_same_moment_do_not_get_in_each_others_way() throws Exception {
    List<Boolean> made =
        SqlClient.together(
            4,
            () -> {
              UUID other = UUID.randomUUID();
              engine.converge(other, RUNNING, Progress.SILENT);
              return engine.observe(other) instanceof Observed.Running;
            });
    assertThat(made).containsOnly(true);
    assertThat(engine.present()).hasSize(4);
  }

  @Test
  void two_threads_that_want_opposite_things_do_not_harm_each_other() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (Desired desired : List.of(RUNNING, ABSENT, RUNNING, STOPPED, RUNNING)) {
        all.add(threads.submit(() -> convergeUnlessOvertaken(desired)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    converge(RUNNING);
    assertThat(running().resources()).isEqualTo(RUNNING.resources());
  }

  private void convergeUnlessOvertaken(Desired desired) {
    try {
      converge(desired);
    } catch (EngineException e) {
      assertThat(e).matches(EngineException::hasYielded);
    }
  }

  @Test
  void who_comes_late_with_an_earlier_generation_makes_nothing_after_a_removal() {
    converge(RUNNING.presence(), 1);
    converge(ABSENT.presence(), 2);

    assertThatThrownBy(() -> converge(RUNNING.presence(), 1))
        .isInstanceOfSatisfying(
            EngineException.class, failure -> assertThat(failure.hasYielded()).isTrue());

    assertThat(engine.present()).isEmpty();
    assertThat(engine.observe(id)).isEqualTo(new Observed.Absent());
    converge(ABSENT.presence(), 2);
    converge(RUNNING.presence(), 3);
    converge(ABSENT.presence(), 4);
    engine = newEngine();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void a_removal_breaks_off_a_creation_at_any_step(int step) throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    List<String> steps = new ArrayList<>();
    Progress progress =
        what -> {
          steps.add(what);
          if (steps.size() > step) {
            reached.countDown();
          }
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> creation =
          threads.submit(
              () -> {
                try {
                  engine.converge(id, RUNNING, progress);
                } catch (EngineException e) {
                  assertThat(e).matches(EngineException::hasYielded);
                } finally {
                  reached.countDown();
                }
              });
      reached.await();
      converge(ABSENT);
      creation.get();
    }
    assertThat(engine.observe(id)).isEqualTo(new Observed.Absent());
    assertThat(engine.present()).isEmpty();
  }

  @Test
  void stopping_all_stops_each_and_removes_none() {
    UUID other = UUID.randomUUID();
    converge(RUNNING);
    engine.converge(other, RUNNING, Progress.SILENT);

    engine.stopAll();

    assertThat(engine.observe(id)).isEqualTo(new Observed.Stopped());
    assertThat(engine.observe(other)).isEqualTo(new Observed.Stopped());
  }

  @Test
  void administration_of_a_cluster_that_does_not_run_may_be_tried_again() {
    assertThatThrownBy(() -> engine.sql(id).users(new SqlAdmin.Page(null, false, 10)))
        .isInstanceOfSatisfying(
            EngineException.class, failure -> assertThat(failure.permanent()).isFalse());
  }

  private void converge(Presence presence, long generation) {
    converge(new Desired(presence, new Resources(2), generation, OptionalInt.empty()));
  }

  protected void converge(Desired desired) {
    engine.converge(id, desired, Progress.SILENT);
  }

  protected Observed.Running running() {
    return (Observed.Running) engine.observe(id);
  }

  protected Connection connect(String user) throws SQLException {
    return client().connect(user, "defaultdb");
  }

  protected void makeTable() {
    engine.sql(id).createUser("keeper", PASSWORD, Duration.ZERO);
    try {
      client().run("keeper", "defaultdb", "CREATE TABLE kept AS SELECT 1 AS number");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  protected long rows() {
    try {
      return client().number("keeper", "defaultdb", "SELECT count(*) FROM kept");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private SqlClient client() {
    return new SqlClient(running().endpoint(), PASSWORD);
  }
}
