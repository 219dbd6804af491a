package io.gatehouse.platform.access;

import static io.gatehouse.platform.access.Role.CLUSTER_ADMIN;
import static io.gatehouse.platform.access.Role.CLUSTER_CREATOR;
import static io.gatehouse.platform.access.Role.CLUSTER_DEVELOPER;
import static io.gatehouse.platform.access.Role.CLUSTER_OPERATOR_WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PermissionTest {
  /** What the public pages of the Cloud API say of each operation that they describe. */
  private static final Map<Permission, Set<Role>> SEED_004 =
      Map.of(
          Permission.CREATE_CLUSTER, Set.of(CLUSTER_ADMIN, CLUSTER_CREATOR),
          Permission.READ_CLUSTER, Set.of(CLUSTER_ADMIN, CLUSTER_DEVELOPER),
          Permission.LIST_NODES, Set.of(CLUSTER_ADMIN, CLUSTER_DEVELOPER),
          Permission.UPDATE_CLUSTER, Set.of(CLUSTER_ADMIN, CLUSTER_DEVELOPER),
          Permission.DELETE_CLUSTER, Set.of(CLUSTER_ADMIN, CLUSTER_CREATOR),
          Permission.READ_AUDIT_LOG, Set.of(CLUSTER_ADMIN),
          Permission.LIST_REGIONS, Set.of(CLUSTER_ADMIN, CLUSTER_DEVELOPER),
          Permission.LIST_SQL_USERS, Set.of(CLUSTER_ADMIN, CLUSTER_DEVELOPER),
          Permission.MANAGE_SQL_USERS, Set.of(CLUSTER_ADMIN, CLUSTER_CREATOR));

  @Test
  void what_the_seeds_open_is_open() {
    SEED_004.forEach(
        (permission, roles) ->
            assertThat(roles).as(permission.name()).allMatch(permission::isGivenBy));
  }

  @Test
  void a_cluster_developer_neither_creates_nor_deletes() {
    assertThat(Permission.CREATE_CLUSTER.isGivenBy(CLUSTER_DEVELOPER)).isFalse();
    assertThat(Permission.DELETE_CLUSTER.isGivenBy(CLUSTER_DEVELOPER)).isFalse();
    assertThat(Permission.MANAGE_SQL_USERS.isGivenBy(CLUSTER_OPERATOR_WRITER)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Permission.class)
  void an_organization_administrator_may_do_everything(Permission permission) {
    assertThat(permission.isGivenBy(Role.ORG_ADMIN)).isTrue();
  }
}
