package io.gatehouse.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.platform.store.Tenant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovingTest {
  private static final Tenant TENANT = new Tenant(UUID.randomUUID());
  private static final Scope ORGANIZATION = Scope.organization(TENANT);
  private static final Scope SOURCE = Scope.folder(UUID.randomUUID());
  private static final Scope OWN = Scope.folder(UUID.randomUUID());
  private static final Scope IN_OWN = Scope.folder(UUID.randomUUID());
  private static final Scope CLUSTER = Scope.cluster(UUID.randomUUID());
  private static final Scope FOLDER = Scope.folder(UUID.randomUUID());

  private static Principal with(Grant... grants) {
    return new Principal(UUID.randomUUID(), "mover", "key", TENANT, List.of(grants));
  }

  /** The way up, the narrowest first. */
  private static ResourcePath path(Scope... scopes) {
    ResourcePath path = ResourcePath.organization(TENANT);
    for (Scope scope : Arrays.asList(scopes).reversed()) {
      path = path.below(scope);
    }
    return path;
  }

  @ParameterizedTest
  @CsvSource({
    "FOLDER_MOVER, FOLDER_ADMIN, true",
    "FOLDER_MOVER, CLUSTER_ADMIN, true",
    "FOLDER_MOVER, CLUSTER_CREATOR, true",
    "FOLDER_MOVER, CLUSTER_DEVELOPER, true",
    "FOLDER_MOVER, METRICS_VIEWER, true",
    "FOLDER_MOVER, FOLDER_MOVER, false",
    "CLUSTER_ADMIN, FOLDER_ADMIN, true",
    "CLUSTER_ADMIN, CLUSTER_CREATOR, false",
    "CLUSTER_ADMIN, CLUSTER_DEVELOPER, false",
    "CLUSTER_DEVELOPER, CLUSTER_ADMIN, true",
    "FOLDER_ADMIN, CLUSTER_ADMIN, false",
    "FOLDER_ADMIN, FOLDER_MOVER, false",
    "FOLDER_ADMIN, FOLDER_ADMIN, false",
  })
  void who_holds_one_role_at_the_source_may_gain_another_of_their_own(
      Role source, Role own, boolean gains) {
    Principal mover = with(new Grant(source, SOURCE), new Grant(own, OWN));

    assertThat(Moving.gains(mover, path(FOLDER, SOURCE), path(FOLDER, OWN))).isEqualTo(gains);
    assertThat(Moving.gains(mover, path(FOLDER, SOURCE), path(FOLDER, IN_OWN, OWN)))
        .isEqualTo(gains);
  }

  @Test
  void what_counts_for_folders_only_is_no_gain_on_a_cluster() {
    Principal keeper =
        with(new Grant(Role.CLUSTER_ADMIN, SOURCE), new Grant(Role.FOLDER_ADMIN, OWN));

    assertThat(Moving.gains(keeper, path(CLUSTER, SOURCE), path(CLUSTER, OWN))).isFalse();
  }

  @Test
  void a_role_on_the_thing_itself_or_on_the_organization_moves_along() {
    Principal admin =
        with(new Grant(Role.CLUSTER_ADMIN, CLUSTER), new Grant(Role.CLUSTER_ADMIN, OWN));
    Principal everywhere =
        with(new Grant(Role.FOLDER_ADMIN, ORGANIZATION), new Grant(Role.CLUSTER_ADMIN, OWN));

    assertThat(Moving.gains(admin, path(CLUSTER, SOURCE), path(CLUSTER, OWN))).isFalse();
    assertThat(Moving.gains(everywhere, path(FOLDER, SOURCE), path(FOLDER, OWN))).isFalse();
  }

  @Test
  void a_role_on_the_organization_that_is_less_does_not_cover_more_in_a_folder() {
    Principal mover =
        with(new Grant(Role.FOLDER_MOVER, ORGANIZATION), new Grant(Role.FOLDER_ADMIN, OWN));

    assertThat(Moving.gains(mover, path(FOLDER), path(FOLDER, OWN))).isTrue();
    assertThat(Moving.gains(mover, path(FOLDER, OWN), path(FOLDER))).isFalse();
  }

  @Test
  void ones_own_folder_may_move_below_another_where_one_has_less() {
    Principal mover = with(new Grant(Role.FOLDER_MOVER, SOURCE), new Grant(Role.FOLDER_ADMIN, OWN));

    assertThat(Moving.gains(mover, path(OWN), path(OWN, SOURCE))).isFalse();
  }
}
