package io.gatehouse.engines.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.Desired;
import io.gatehouse.engines.Observed;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server killed in the middle of anything is followed by one that goes on. */
final class KilledServerTest {
  private static final Desired RUNNING = new Desired(Presence.RUNNING, new Resources(1));
  private static final Desired ABSENT = new Desired(Presence.ABSENT, new Resources(1));
  private final Path root = Postgres.directory();
  private final UUID id = UUID.randomUUID();

  @AfterEach
  void nothingIsLeft() {
    PostgresEngine engine = Postgres.engine(root);
    engine.converge(id, ABSENT, Progress.SILENT);
    assertThat(engine.present()).isEmpty();
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void a_cluster_outlives_its_server_and_is_adopted() throws IOException {
    try (OtherServer server = new OtherServer(root, id, Presence.RUNNING)) {
      server.killAt("done");
    }
    assertThat(Postgres.engine(root).observe(id)).isInstanceOf(Observed.Running.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"copying the template", "starting PostgreSQL", "setting up the superuser"})
  void a_creation_killed_on_the_way_is_finished(String step) throws IOException {
    try (OtherServer server = new OtherServer(root, id, Presence.RUNNING)) {
      server.killAt(step);
    }
    PostgresEngine engine = Postgres.engine(root);
    assertThat(engine.observe(id)).isNotInstanceOf(Observed.Running.class);
    engine.converge(id, RUNNING, Progress.SILENT);
    assertThat(engine.observe(id)).isInstanceOf(Observed.Running.class);
  }

  @Test
  void a_removal_killed_on_the_way_is_finished() throws IOException {
    Postgres.engine(root).converge(id, RUNNING, Progress.SILENT);
    try (OtherServer server = new OtherServer(root, id, Presence.ABSENT)) {
      server.killAt("removing the cluster");
    }
  }
}
