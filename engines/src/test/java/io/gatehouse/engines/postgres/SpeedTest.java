package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.Desired;
import io.gatehouse.engines.Endpoint;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import io.gatehouse.platform.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Creating a cluster is worth its machinery: it takes much less than doing it by hand. */
final class SpeedTest {
  private static final Desired RUNNING = new Desired(Presence.RUNNING, new Resources(1));
  private static final Desired ABSENT = new Desired(Presence.ABSENT, new Resources(1));
  private final Path directory = Postgres.directory();
  private final PostgresEngine engine = Postgres.engine(directory);

  @Test
  void a_cluster_answers_in_less_than_seven_tenths_of_the_time_by_hand() {
    Duration byHand = best(this::byHand);
    Duration byEngine = best(this::byEngine);
    System.out.printf("create to first query: %s, by hand: %s%n", byEngine, byHand);
    assertThat(byEngine).isLessThan(byHand.multipliedBy(7).dividedBy(10));
  }

  private Duration byEngine() {
    UUID id = UUID.randomUUID();
    Duration time =
        time(
            () -> {
              engine.converge(id, RUNNING, Progress.SILENT);
              assertThat(engine.sql(id).database("defaultdb")).isPresent();
            });
    engine.converge(id, ABSENT, Progress.SILENT);
    return time;
  }

  private Duration byHand() {
    PostgresBinaries binaries = Postgres.template().binaries();
    Path data = directory.resolve("by-hand");
    Path password = directory.resolve("password");
    Path pgCtl = binaries.program("pg_ctl");
    UUID place = UUID.randomUUID();
    int port = new Ports("127.0.0.1", 25000, 26000).of(place);
    String options = "-c unix_socket_directories= -p " + port;
    Duration time =
        time(
            () -> {
              Files.writeString(password, "by hand");
              Host.run(
                  binaries.program("initdb"),
                  "--pgdata=" + data,
                  "--username=gatehouse",
                  "--pwfile=" + password,
                  "--auth=scram-sha-256");
              String log = data + ".log";
              Host.run(pgCtl, "-D", data.toString(), "-l", log, "-o", options, "-w", "start");
              Secret secret = Secret.of("by hand");
              assertThat(Superuser.opens(new Sessions(new Endpoint("127.0.0.1", port), secret)))
                  .isTrue();
            });
    Host.run(pgCtl, "-D", data.toString(), "-m", "immediate", "stop");
    new WholeDirectory(data).remove();
    return time;
  }

  private static Duration best(Supplier<Duration> work) {
    return Stream.generate(work).limit(3).min(Duration::compareTo).orElseThrow();
  }

  /** Work that may fail in any way. */
  private interface Work {
    void run() throws Exception;
  }

  private static Duration time(Work work) {
    long start = System.nanoTime();
    try {
      work.run();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
