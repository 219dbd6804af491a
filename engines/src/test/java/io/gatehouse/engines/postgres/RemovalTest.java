package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.Desired;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.Observed;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A removal waits for nothing and nobody, and leaves nothing. */
final class RemovalTest {
  private final Path root = Postgres.directory();
  private final UUID id = UUID.randomUUID();
  private final PostgresEngine engine = Postgres.engine(root);

  @AfterEach
  void nothingIsLeft() {
    converge(Presence.ABSENT, 9);
    assertThat(engine.present()).isEmpty();
    assertThat(root).isEmptyDirectory();
  }

  @Test
  @Timeout(60)
  void a_change_that_waits_for_a_hanging_server_is_overtaken() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> change = hangingChange(threads, () -> hasYielded(Presence.RUNNING, 2));

      converge(Presence.ABSENT, 3);

      assertThat(change.get()).isTrue();
      assertThat(engine.observe(id)).isEqualTo(new Observed.Absent());
    }
  }

  @Test
  @Timeout(60)
  void the_thread_that_was_broken_off_works_on_undisturbed() throws Exception {
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Boolean> change =
          hangingChange(
              threads,
              () -> hasYielded(Presence.RUNNING, 2) && !Thread.currentThread().isInterrupted());

      converge(Presence.ABSENT, 3);

      assertThat(change.get()).isTrue();
    }
  }

  /** A change that has connected to a server which does not answer, and waits for it. */
  private Future<Boolean> hangingChange(ExecutorService threads, Callable<Boolean> change)
      throws Exception {
    converge(Presence.RUNNING, 1);
    int port = PostgresConf.keptPort(root.resolve(id.toString())).orElseThrow();
    signalAll("STOP");
    long before = connectionsTo(port);
    Future<Boolean> running = threads.submit(change);
    assertThat(Await.until(Duration.ofSeconds(20), () -> connectionsTo(port) > before)).isTrue();
    assertThat(running.isDone()).isFalse();
    return running;
  }

  /** As the kernel has them; a server need not have taken note of them. */
  private static long connectionsTo(int port) {
    String established = " *\\d+: \\w+:%04X \\w+:\\w+ 01 .*".formatted(port);
    try (Stream<String> connections = Files.lines(Path.of("/proc/net/tcp"))) {
      return connections.filter(line -> line.matches(established)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOP", "KILL", "CONT"})
  void no_shared_memory_is_left_behind(String signal) throws Exception {
    converge(Presence.RUNNING, 1);
    SharedMemory segment = SharedMemory.of(root.resolve(id.toString())).orElseThrow();
    assertThat(segments()).contains(" " + segment.id() + " ");
    signalAll(signal);

    converge(Presence.ABSENT, 2);

    assertThat(segments()).doesNotContain(" " + segment.id() + " ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"---------", "r-xr-xr-x"})
  void directories_that_are_closed_to_their_owner_are_removed(String mode) throws IOException {
    converge(Presence.RUNNING, 1);
    Path data = root.resolve(id.toString());
    for (Path closed : List.of(data.resolve("base"), data)) {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString(mode));
    }

    converge(Presence.ABSENT, 2);

    assertThat(engine.observe(id)).isEqualTo(new Observed.Absent());
  }

  private boolean hasYielded(Presence presence, long generation) {
    try {
      converge(presence, generation);
      return false;
    } catch (EngineException e) {
      return e.hasYielded();
    }
  }

  private void converge(Presence presence, long generation) {
    engine.converge(
        id,
        new Desired(presence, new Resources(1), generation, OptionalInt.empty()),
        Progress.SILENT);
  }

  private void signalAll(String signal) throws IOException, InterruptedException {
    for (var process : Processes.all().entrySet()) {
      if (process.getValue().equals(root.resolve(id.toString()))) {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.getKey())).start().waitFor();
      }
    }
  }

  private static String segments() throws IOException {
    return Files.readString(Path.of("/proc/sysvipc/shm"));
  }
}
