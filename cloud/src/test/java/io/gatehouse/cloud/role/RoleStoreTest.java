package io.gatehouse.cloud.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cloud.Paging;
import io.gatehouse.cloud.TestStore;
import io.gatehouse.platform.access.Grant;
import io.gatehouse.platform.access.Role;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import io.gatehouse.platform.store.Tx;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoleStoreTest {
  private final RoleStore store = new RoleStore();
  private final Transactions transactions = TestStore.transactions();
  private final Tenant tenant = new Tenant(UUID.randomUUID());
  private final Tenant other = new Tenant(UUID.randomUUID());
  private final UUID someone = UUID.randomUUID();
  private final UUID another = UUID.randomUUID();
  private final Scope organization = Scope.organization(tenant);
  private final Scope folder = Scope.folder(UUID.randomUUID());
  private final Scope cluster = Scope.cluster(UUID.randomUUID());

  private void write(Consumer<Tx> work) {
    transactions.write(
        tx -> {
          work.accept(tx);
          return tx;
        });
  }

  private void add(Tenant of, UUID principal, Role role, Scope scope) {
    write(tx -> store.add(of, tx, principal, new Grant(role, scope)));
  }

  private List<Grant> of(Tenant of, UUID principal) {
    return transactions.read(session -> store.of(of, session, principal));
  }

  @Test
  void a_grant_that_is_given_twice_is_held_once_and_taken_at_once() {
    add(tenant, someone, Role.CLUSTER_ADMIN, folder);
    add(tenant, someone, Role.CLUSTER_ADMIN, folder);
    add(tenant, someone, Role.CLUSTER_MONITOR, folder);

    assertThat(of(tenant, someone))
        .containsExactly(
            new Grant(Role.CLUSTER_ADMIN, folder), new Grant(Role.CLUSTER_MONITOR, folder));

    write(tx -> store.remove(tenant, tx, someone, new Grant(Role.CLUSTER_ADMIN, folder)));
    assertThat(of(tenant, someone)).containsExactly(new Grant(Role.CLUSTER_MONITOR, folder));
  }

  @Test
  void a_folder_and_a_cluster_of_the_same_id_are_two_things() {
    UUID id = UUID.randomUUID();
    add(tenant, someone, Role.CLUSTER_ADMIN, Scope.folder(id));
    add(tenant, someone, Role.CLUSTER_ADMIN, Scope.cluster(id));

    write(tx -> store.removeOn(tenant, tx, Scope.cluster(id)));

    assertThat(of(tenant, someone))
        .containsExactly(new Grant(Role.CLUSTER_ADMIN, Scope.folder(id)));
  }

  @Test
  void what_goes_takes_the_roles_of_everyone_on_it_along_and_no_other() {
    add(tenant, someone, Role.CLUSTER_ADMIN, cluster);
    add(tenant, someone, Role.CLUSTER_ADMIN, folder);
    add(tenant, another, Role.CLUSTER_MONITOR, cluster);
    add(other, someone, Role.CLUSTER_ADMIN, cluster);

    write(tx -> store.removeOn(tenant, tx, cluster));

    assertThat(of(tenant, someone)).containsExactly(new Grant(Role.CLUSTER_ADMIN, folder));
    assertThat(of(tenant, another)).isEmpty();
    assertThat(of(other, someone)).containsExactly(new Grant(Role.CLUSTER_ADMIN, cluster));
  }

  @Test
  void who_goes_loses_everything_and_nobody_else_anything() {
    add(tenant, someone, Role.ORG_ADMIN, organization);
    add(tenant, someone, Role.CLUSTER_ADMIN, folder);
    add(tenant, another, Role.CLUSTER_ADMIN, folder);
    add(other, someone, Role.CLUSTER_ADMIN, folder);

    write(tx -> store.removeOf(tenant, tx, someone));

    assertThat(of(tenant, someone)).isEmpty();
    assertThat(of(tenant, another)).hasSize(1);
    assertThat(of(other, someone)).hasSize(1);
  }

  private boolean hasAdministratorWithKey() {
    return transactions.read(session -> store.hasAdministratorWithKey(tenant, session));
  }

  private void addKey(Tenant of, UUID account) {
    write(
        tx ->
            tx.handle()
                .execute(
                    "insert into cloud.api_key values (?, ?, ?, 'key', 'hash', now())",
                    of.organization(),
                    UUID.randomUUID().toString(),
                    account));
  }

  @Test
  void an_administrator_who_can_sign_in_is_one_of_this_organization_on_all_of_it_with_a_key() {
    add(tenant, someone, Role.ORG_ADMIN, organization);
    add(tenant, another, Role.CLUSTER_ADMIN, organization);
    addKey(tenant, another);
    add(other, another, Role.ORG_ADMIN, Scope.organization(other));
    addKey(other, someone);
    assertThat(hasAdministratorWithKey()).isFalse();

    addKey(tenant, someone);
    assertThat(hasAdministratorWithKey()).isTrue();
  }

  @Test
  void who_holds_many_roles_is_listed_once_on_pages_of_every_size() {
    List<UUID> holders = Stream.generate(UUID::randomUUID).limit(5).toList();
    for (UUID holder : holders) {
      add(tenant, holder, Role.ORG_MEMBER, organization);
      add(tenant, holder, Role.CLUSTER_ADMIN, folder);
      add(tenant, holder, Role.CLUSTER_ADMIN, cluster);
    }
    add(other, someone, Role.ORG_MEMBER, Scope.organization(other));

    new Paging<>(
            RoleStore.BY_PRINCIPAL,
            (UUID id) -> List.of(id.toString()),
            window -> transactions.read(session -> store.principals(tenant, session, window)))
        .assertShows(holders);
  }
}
