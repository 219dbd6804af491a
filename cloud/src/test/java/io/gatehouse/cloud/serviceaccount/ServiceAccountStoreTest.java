package io.gatehouse.cloud.serviceaccount;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cloud.Paging;
import io.gatehouse.cloud.TestStore;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ServiceAccountStoreTest {
  private final ServiceAccountStore store = new ServiceAccountStore();
  private final Transactions transactions = TestStore.transactions();
  private final Ids ids = Ids.timeOrdered();
  private final Tenant tenant = new Tenant(UUID.randomUUID());

  private ServiceAccount add(Tenant of, String name) {
    return transactions.write(
        tx -> {
          ServiceAccount account = new ServiceAccount(ids.next(), name, "for", "by", tx.now(), 1);
          store.insert(of, tx, account);
          return account;
        });
  }

  private ServiceAccount find(UUID id) {
    return transactions.read(session -> store.find(tenant, session, id)).orElseThrow();
  }

  private boolean rename(Tenant of, ServiceAccount account, String name) {
    ServiceAccount next =
        new ServiceAccount(
            account.id(), name, "", "nobody", account.createdAt(), account.version());
    return transactions.write(tx -> store.update(of, tx, next));
  }

  @Test
  void accounts_of_the_same_name_are_listed_once_each_on_pages_of_every_size() {
    List<ServiceAccount> made =
        List.of(
            add(tenant, "same"),
            add(tenant, "other"),
            add(tenant, "same"),
            add(tenant, "same"),
            add(tenant, ""));
    add(new Tenant(UUID.randomUUID()), "same");

    List<ServiceAccount> shown =
        new Paging<>(
                ServiceAccountStore.BY_NAME,
                (ServiceAccount account) -> List.of(account.name(), account.id().toString()),
                window -> transactions.read(session -> store.list(tenant, session, window)))
            .assertShows(made);

    assertThat(shown.stream().map(ServiceAccount::name))
        .containsExactly("", "other", "same", "same", "same");
  }

  @Test
  void of_two_that_read_the_same_account_only_the_first_changes_it_and_never_its_creator() {
    ServiceAccount seen = add(tenant, "seen-by-both");

    assertThat(rename(tenant, seen, "first")).isTrue();
    assertThat(rename(tenant, seen, "second")).isFalse();

    assertThat(find(seen.id()))
        .isEqualTo(new ServiceAccount(seen.id(), "first", "", "by", seen.createdAt(), 2));
  }

  @Test
  void an_account_is_there_for_its_own_organization_alone() {
    ServiceAccount seen = add(tenant, "own");
    Tenant other = new Tenant(UUID.randomUUID());

    assertThat(rename(other, seen, "stolen")).isFalse();
    transactions.write(
        tx -> {
          store.delete(other, tx, seen.id());
          return tx;
        });

    assertThat(find(seen.id())).isEqualTo(seen);
  }
}
