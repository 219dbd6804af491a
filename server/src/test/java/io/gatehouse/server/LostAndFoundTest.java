package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.ClusterEngine;
import io.gatehouse.engines.Desired;
import io.gatehouse.engines.Observed;
import io.gatehouse.engines.Presence;
import io.gatehouse.engines.Progress;
import io.gatehouse.engines.Resources;
import io.gatehouse.platform.reconcile.Outcome;
import io.gatehouse.platform.reconcile.Reconciler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows without data and data without rows, as a restored store or an accident leaves them. */
class LostAndFoundTest {
  private static final TestServer SERVER = TestServer.shared();

  private final ClusterEngine engine = SERVER.installation().engine();
  private final Reconciler reconciler = SERVER.installation().cloud().clusterReconciler();
  private final Path clusters = SERVER.installation().directory().clusters();

  @ParameterizedTest
  @EnumSource(names = {"RUNNING", "STOPPED"})
  void data_without_a_row_is_never_erased(Presence presence) {
    UUID unknown = UUID.randomUUID();
    converge(unknown, Presence.RUNNING);
    converge(unknown, presence);
    Observed before = engine.observe(unknown);

    assertThat(reconciler.unsettled()).contains(unknown);
    assertThat(reconciler.reconcile(unknown)).isEqualTo(Outcome.settled());

    assertThat(engine.observe(unknown)).isEqualTo(before);
    converge(unknown, Presence.ABSENT);
  }

  @Test
  void what_is_half_made_and_has_no_row_is_removed() throws IOException {
    UUID unknown = UUID.randomUUID();
    Files.createDirectories(clusters.resolve(unknown + ".partial").resolve("base"));

    assertThat(reconciler.unsettled()).contains(unknown);
    assertThat(reconciler.reconcile(unknown)).isEqualTo(Outcome.settled());

    assertThat(engine.observe(unknown)).isEqualTo(new Observed.Absent());
  }

  private void converge(UUID id, Presence presence) {
    engine.converge(id, new Desired(presence, new Resources(1)), Progress.SILENT);
  }
}
