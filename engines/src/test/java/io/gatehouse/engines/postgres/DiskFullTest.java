package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.engines.Desired;
import io.gatehouse.engines.EngineException;
import io.gatehouse.engines.Observed;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full disk is said plainly, and leaves nothing half-made. */
final class DiskFullTest {
  private static final Desired RUNNING = new Desired(Presence.RUNNING, new Resources(1));
  private final UUID id = UUID.randomUUID();
  private final Path directory = Postgres.directory();

  @Test
  void a_cluster_that_would_leave_too_little_free_is_refused_for_good() {
    refuses(Long.MAX_VALUE / 2, "must stay free");
  }

  @Test
  void a_disk_too_small_for_the_copy_is_told_before_copying() throws Exception {
    onSmallDisk(16 << 10, () -> refuses(0, "The disk is full: Creating a cluster needs"));
  }

  @Test
  void a_disk_that_fills_up_during_the_copy_is_told_and_cleared() throws Exception {
    onSmallDisk(
        16 << 10,
        () -> {
          Path copy = directory.resolve("copy");
          AtomicDirectory home = new AtomicDirectory(copy);
          assertThatThrownBy(() -> home.make("Copying", 1 << 20, Postgres.template()::copyTo))
              .isInstanceOfSatisfying(
                  EngineException.class, failure -> assertThat(failure.permanent()).isTrue())
              .hasMessageContaining("The disk is full: Copying needs 1.0 MiB");
          assertThat(directory).isEmptyDirectory();
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 16, 256})
  void a_disk_that_fills_up_at_the_start_is_told_and_cleared(long spareKilobytes) throws Exception {
    long kilobytes = (Postgres.template().bytes() >> 10) + spareKilobytes;
    onSmallDisk(kilobytes, () -> refuses(0, "The disk is full"));
  }

  private void refuses(long minimumFree, String message) {
    PostgresConfig config =
        new PostgresConfig(directory, "127.0.0.1", "", 22200, 23999, minimumFree);
    var engine =
        new PostgresEngine(config, Postgres.template(), Postgres.SECRETS, InstantSource.system());
    assertThatThrownBy(() -> engine.converge(id, RUNNING, Progress.SILENT))
        .isInstanceOfSatisfying(
            EngineException.class, failure -> assertThat(failure.permanent()).isTrue())
        .hasMessageContaining(message);
    assertThat(engine.observe(id)).isEqualTo(new Observed.Absent());
    assertThat(directory).isEmptyDirectory();
  }

  private void onSmallDisk(long kilobytes, Runnable test) throws Exception {
    Postgres.template();
    String size = "size=" + kilobytes + "k";
    boolean mounted = run("mount", "-t", "tmpfs", "-o", size, "tmpfs", directory.toString());
    assumeTrue(mounted, "a small disk can be mounted by root only");
    try {
      test.run();
    } finally {
      run("umount", "--lazy", directory.toString());
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
