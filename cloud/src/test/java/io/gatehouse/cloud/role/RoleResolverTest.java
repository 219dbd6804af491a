package io.gatehouse.cloud.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.cloud.CloudResourceTree;
import io.gatehouse.cloud.TestStore;
import io.gatehouse.cloud.cluster.ClusterStore;
import io.gatehouse.cloud.cluster.TestClusters;
import io.gatehouse.cloud.folder.FolderStore;
import io.gatehouse.cloud.folder.TestFolders;
import io.gatehouse.cloud.role.RoleView.ResourceView;
import io.gatehouse.platform.access.Grant;
import io.gatehouse.platform.access.Principal;
import io.gatehouse.platform.access.ResourceType;
import io.gatehouse.platform.access.Role;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.store.Epochs;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoleResolverTest {
  private static final Set<Role> CLUSTER_ROLES =
      EnumSet.of(
          Role.CLUSTER_ADMIN,
          Role.CLUSTER_OPERATOR_WRITER,
          Role.CLUSTER_DEVELOPER,
          Role.CLUSTER_CREATOR,
          Role.CLUSTER_MONITOR,
          Role.METRICS_VIEWER);

  private final Transactions transactions = TestStore.transactions();
  private final CloudResourceTree tree =
      new CloudResourceTree(
          new FolderStore(),
          new ClusterStore(),
          new RoleStore(),
          transactions,
          new Epochs(TestStore.shared().jdbi(), Clock.systemUTC()));
  private final RoleResolver resolver = new RoleResolver(tree::pathOfPresent);
  private final Tenant tenant = new Tenant(UUID.randomUUID());
  private final Scope organization = Scope.organization(tenant);
  private final TestFolders folders = new TestFolders(tenant);
  private final TestClusters clusters = new TestClusters(tenant);
  private final UUID outer = folders.add("outer", tenant.organization());
  private final UUID inner = folders.add("inner", outer);
  private final UUID beside = folders.add("beside", tenant.organization());
  private final UUID cluster = clusters.add("in-inner", inner);

  private Call callOf(Role role, Scope scope) {
    Principal principal =
        new Principal(UUID.randomUUID(), "someone", "", tenant, List.of(new Grant(role, scope)));
    return new Call(RoleOperations.SET, principal, "127.0.0.1", "");
  }

  /** How giving is refused; empty when it is not. */
  private Optional<ErrorCode> giving(Call call, Role role, Scope scope) {
    return refusal(
        () ->
            transactions.write(
                tx -> {
                  resolver.requireMayGive(call, tx, new Grant(role, scope));
                  return tx;
                }));
  }

  private Optional<ErrorCode> taking(Call call, Role role, Scope scope) {
    return refusal(
        () ->
            transactions.write(
                tx -> {
                  resolver.requireMayTake(call, tx, new Grant(role, scope));
                  return tx;
                }));
  }

  private static Optional<ErrorCode> refusal(Runnable attempt) {
    try {
      attempt.run();
      return Optional.empty();
    } catch (GatehouseException e) {
      return Optional.of(e.code());
    }
  }

  private Set<Role> givenBy(Call call, Scope scope) {
    Set<Role> given = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      Optional<ErrorCode> refused = giving(call, role, scope);
      if (refused.isEmpty()) {
        given.add(role);
      } else {
        assertThat(refused).as(role.name()).contains(ErrorCode.PERMISSION_DENIED);
      }
    }
    return given;
  }

  @Test
  void who_administers_the_organization_gives_every_role_on_everything_in_it() {
    Call call = callOf(Role.ORG_ADMIN, organization);

    for (Scope scope :
        List.of(organization, Scope.folder(outer), Scope.folder(inner), Scope.cluster(cluster))) {
      assertThat(givenBy(call, scope)).as(scope.toString()).containsExactly(Role.values());
    }
  }

  @Test
  void who_administers_a_folder_gives_folder_and_cluster_roles_in_it_and_none_beside_or_above() {
    Call call = callOf(Role.FOLDER_ADMIN, Scope.folder(outer));
    Set<Role> folderRoles = EnumSet.copyOf(CLUSTER_ROLES);
    folderRoles.addAll(EnumSet.of(Role.FOLDER_ADMIN, Role.FOLDER_MOVER));

    assertThat(givenBy(call, Scope.folder(outer))).isEqualTo(folderRoles);
    assertThat(givenBy(call, Scope.folder(inner))).isEqualTo(folderRoles);
    assertThat(givenBy(call, Scope.cluster(cluster))).isEqualTo(folderRoles);
    assertThat(givenBy(call, Scope.folder(beside))).isEmpty();
    assertThat(givenBy(call, organization)).isEmpty();
  }

  @Test
  void who_administers_the_clusters_of_a_folder_gives_cluster_roles_in_it() {
    Call call = callOf(Role.CLUSTER_ADMIN, Scope.folder(inner));

    assertThat(givenBy(call, Scope.folder(inner))).isEqualTo(CLUSTER_ROLES);
    assertThat(givenBy(call, Scope.cluster(cluster))).isEqualTo(CLUSTER_ROLES);
    assertThat(givenBy(call, Scope.folder(outer))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ORG_ADMIN", "CLUSTER_ADMIN", "FOLDER_ADMIN"})
  void who_administers_nothing_gives_nothing(Role role) {
    assertThat(givenBy(callOf(role, organization), Scope.cluster(cluster))).isEmpty();
    assertThat(taking(callOf(role, organization), Role.CLUSTER_MONITOR, Scope.cluster(cluster)))
        .contains(ErrorCode.PERMISSION_DENIED);
  }

  @Test
  void what_moves_out_of_a_folder_is_no_longer_administered_with_it() {
    Call call = callOf(Role.FOLDER_ADMIN, Scope.folder(outer));
    assertThat(giving(call, Role.CLUSTER_MONITOR, Scope.cluster(cluster))).isEmpty();

    folders.move(inner, beside);

    assertThat(giving(call, Role.CLUSTER_MONITOR, Scope.cluster(cluster)))
        .contains(ErrorCode.PERMISSION_DENIED);
    assertThat(taking(call, Role.CLUSTER_MONITOR, Scope.cluster(cluster)))
        .contains(ErrorCode.PERMISSION_DENIED);
    assertThat(
            giving(
                callOf(Role.FOLDER_ADMIN, Scope.folder(beside)),
                Role.CLUSTER_MONITOR,
                Scope.cluster(cluster)))
        .isEmpty();
  }

  @Test
  void only_who_administers_all_learns_that_there_is_no_such_resource() {
    UUID gone = clusters.add("gone", inner);
    clusters.delete(gone);
    Tenant other = new Tenant(UUID.randomUUID());
    UUID foreign = new TestClusters(other).add("foreign", other.organization());
    Call admin = callOf(Role.ORG_ADMIN, organization);
    Call folderAdmin = callOf(Role.FOLDER_ADMIN, Scope.folder(outer));

    for (Scope scope :
        List.of(
            Scope.cluster(UUID.randomUUID()),
            Scope.cluster(gone),
            Scope.cluster(foreign),
            Scope.folder(UUID.randomUUID()),
            Scope.folder(cluster),
            Scope.organization(other))) {
      assertThat(giving(admin, Role.CLUSTER_MONITOR, scope))
          .as(scope.toString())
          .contains(ErrorCode.NOT_FOUND);
      assertThat(giving(folderAdmin, Role.CLUSTER_MONITOR, scope))
          .as(scope.toString())
          .contains(ErrorCode.PERMISSION_DENIED);
    }
  }

  @Test
  void a_role_on_what_is_gone_can_still_be_taken() {
    UUID gone = clusters.add("gone", inner);
    clusters.delete(gone);

    assertThat(
            taking(callOf(Role.ORG_ADMIN, organization), Role.CLUSTER_MONITOR, Scope.cluster(gone)))
        .isEmpty();
    assertThat(
            taking(
                callOf(Role.FOLDER_ADMIN, Scope.folder(outer)),
                Role.CLUSTER_MONITOR,
                Scope.cluster(gone)))
        .contains(ErrorCode.PERMISSION_DENIED);
  }

  private Grant read(Role role, ResourceType type, @Nullable String id) {
    return resolver.read(tenant, new RoleView(role, new ResourceView(id, type)));
  }

  @Test
  void a_role_is_read_as_it_is_shown_and_the_organization_with_its_id_or_without() {
    List<Grant> grants =
        List.of(
            new Grant(Role.ORG_ADMIN, organization),
            new Grant(Role.FOLDER_MOVER, Scope.folder(inner)),
            new Grant(Role.CLUSTER_ADMIN, Scope.cluster(cluster)));

    assertThat(RoleView.of(grants).stream().map(view -> resolver.read(tenant, view)).toList())
        .isEqualTo(grants);
    assertThat(read(Role.ORG_ADMIN, ResourceType.ORGANIZATION, ""))
        .isEqualTo(new Grant(Role.ORG_ADMIN, organization));
    assertThat(read(Role.ORG_ADMIN, ResourceType.ORGANIZATION, tenant.organization().toString()))
        .isEqualTo(new Grant(Role.ORG_ADMIN, organization));
    assertThat(
            read(Role.FOLDER_ADMIN, ResourceType.FOLDER, inner.toString().toUpperCase(Locale.ROOT)))
        .isEqualTo(new Grant(Role.FOLDER_ADMIN, Scope.folder(inner)));
  }

  @Test
  void a_folder_or_cluster_is_never_meant_without_its_whole_id() {
    for (String id : List.of("", "root", "1-2-3-4-5", inner.toString().substring(1))) {
      for (ResourceType type : List.of(ResourceType.FOLDER, ResourceType.CLUSTER)) {
        assertThatThrownBy(() -> read(Role.CLUSTER_ADMIN, type, id))
            .as(type + " " + id)
            .isInstanceOf(GatehouseException.class)
            .hasMessageContaining("resource_id: must be a UUID");
      }
    }
    assertThatThrownBy(() -> read(Role.CLUSTER_ADMIN, ResourceType.CLUSTER, null))
        .isInstanceOf(GatehouseException.class);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void a_role_is_read_only_on_what_it_is_granted_on(Role role) {
    for (ResourceType type : ResourceType.values()) {
      if (role.grantableOn().contains(type)) {
        assertThat(read(role, type, inner.toString()).role()).isEqualTo(role);
      } else {
        assertThatThrownBy(() -> read(role, type, inner.toString()))
            .as(type.name())
            .isInstanceOf(GatehouseException.class)
            .hasMessageContaining("role %s is not granted on a resource of type %s", role, type);
      }
    }
  }
}
