package io.gatehouse.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.platform.store.Tenant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccessTest {
  private final Tenant tenant = new Tenant(UUID.randomUUID());
  private final UUID outer = UUID.randomUUID();
  private final UUID inner = UUID.randomUUID();
  private final UUID cluster = UUID.randomUUID();
  private final ResourcePath path =
      new ResourcePath(
          List.of(
              Scope.cluster(cluster),
              Scope.folder(inner),
              Scope.folder(outer),
              Scope.organization(tenant)));

  private Principal holding(Role role, Scope scope) {
    return new Principal(UUID.randomUUID(), "someone", "", tenant, List.of(new Grant(role, scope)));
  }

  @Test
  void a_grant_reaches_everything_below_its_scope() {
    for (Scope scope : path.scopes()) {
      Principal principal = holding(Role.CLUSTER_DEVELOPER, scope);
      assertThat(Access.decide(principal, Permission.READ_CLUSTER, path).allowed())
          .as(scope.toString())
          .isTrue();
    }
  }

  @Test
  void a_grant_on_something_else_counts_for_nothing() {
    Principal principal = holding(Role.CLUSTER_ADMIN, Scope.folder(UUID.randomUUID()));

    assertThat(Access.decide(principal, Permission.READ_CLUSTER, path))
        .isEqualTo(new Decision.Denied(Permission.READ_CLUSTER));
  }

  @Test
  void a_grant_below_the_narrowest_kind_does_not_count() {
    Principal principal = holding(Role.CLUSTER_ADMIN, Scope.cluster(cluster));

    assertThat(Access.decide(principal, Permission.CREATE_CLUSTER, path).allowed()).isFalse();
    assertThat(Access.decideAnywhere(principal, Permission.READ_AUDIT_LOG).allowed()).isFalse();
  }

  @Test
  void a_decision_names_the_grant_that_allows() {
    Grant grant = new Grant(Role.FOLDER_ADMIN, Scope.folder(outer));

    assertThat(Access.decide(holding(grant.role(), grant.scope()), Permission.READ_CLUSTER, path))
        .isEqualTo(new Decision.Allowed(grant));
  }

  @Test
  void a_grant_on_the_organization_makes_everything_visible() {
    Principal principal = holding(Role.CLUSTER_MONITOR, Scope.organization(tenant));

    assertThat(Access.visible(principal, Permission.READ_CLUSTER))
        .isEqualTo(new Visibility.Everything());
  }

  @Test
  void grants_on_folders_and_clusters_make_only_these_visible() {
    Principal principal =
        new Principal(
            UUID.randomUUID(),
            "someone",
            "",
            tenant,
            List.of(
                new Grant(Role.CLUSTER_MONITOR, Scope.folder(inner)),
                new Grant(Role.CLUSTER_MONITOR, Scope.cluster(cluster)),
                new Grant(Role.BILLING_VIEWER, Scope.organization(tenant))));

    assertThat(Access.visible(principal, Permission.READ_CLUSTER))
        .isEqualTo(new Visibility.Within(Set.of(inner), Set.of(cluster)));
  }

  @Test
  void nobody_hands_out_more_than_they_administer() {
    ResourcePath organization = ResourcePath.organization(tenant);
    Principal admin = holding(Role.ORG_ADMIN, Scope.organization(tenant));
    Principal clusterAdmin = holding(Role.CLUSTER_ADMIN, Scope.organization(tenant));
    Principal folderAdmin = holding(Role.FOLDER_ADMIN, Scope.folder(inner));

    assertThat(RoleAssignment.allowed(admin, Role.ORG_ADMIN, organization)).isTrue();
    assertThat(RoleAssignment.allowed(clusterAdmin, Role.ORG_ADMIN, organization)).isFalse();
    assertThat(RoleAssignment.allowed(clusterAdmin, Role.CLUSTER_MONITOR, path)).isTrue();
    assertThat(RoleAssignment.allowed(folderAdmin, Role.CLUSTER_ADMIN, path)).isTrue();
    assertThat(RoleAssignment.allowed(folderAdmin, Role.CLUSTER_ADMIN, organization)).isFalse();
  }
}
