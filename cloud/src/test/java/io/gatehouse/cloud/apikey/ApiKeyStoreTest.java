package io.gatehouse.cloud.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cloud.Paging;
import io.gatehouse.cloud.TestStore;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import io.gatehouse.platform.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ApiKeyStoreTest {
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00.123456Z");
  private static final Instant SECOND = FIRST.plusNanos(1000);

  private final ApiKeyStore store = new ApiKeyStore();
  private final Transactions transactions = TestStore.transactions();
  private final Tenant tenant = new Tenant(UUID.randomUUID());
  private final Tenant other = new Tenant(UUID.randomUUID());
  private final UUID someone = UUID.randomUUID();
  private final UUID another = UUID.randomUUID();

  private void write(Consumer<Tx> work) {
    transactions.write(
        tx -> {
          work.accept(tx);
          return tx;
        });
  }

  private ApiKey add(Tenant of, UUID account, Instant createdAt) {
    ApiKey key = new ApiKey(ApiKeySecret.generate().id(), account, "key", "hash", createdAt);
    write(tx -> store.insert(of, tx, key));
    return key;
  }

  private Optional<ApiKeyStore.Found> find(ApiKey key) {
    return transactions.read(session -> store.findForAuthentication(session, key.id()));
  }

  private Paging<ApiKey> list(Optional<UUID> account) {
    return new Paging<>(
        ApiKeyStore.BY_AGE,
        key -> List.of(key.createdAt().toString(), key.id()),
        window -> transactions.read(session -> store.list(tenant, session, account, window)));
  }

  @Test
  void keys_made_at_the_same_moment_are_listed_once_each_on_pages_of_every_size() {
    List<ApiKey> of =
        List.of(
            add(tenant, someone, FIRST),
            add(tenant, someone, FIRST),
            add(tenant, someone, SECOND),
            add(tenant, someone, FIRST));
    ApiKey ofAnother = add(tenant, another, FIRST);
    add(other, someone, FIRST);

    assertThat(list(Optional.of(someone)).assertShows(of).getLast().createdAt()).isEqualTo(SECOND);
    list(Optional.of(another)).assertShows(List.of(ofAnother));
    list(Optional.empty())
        .assertShows(List.of(of.get(0), of.get(1), of.get(2), of.get(3), ofAnother));
  }

  @Test
  void a_key_tells_whose_it_is_and_nobody_else_can_rename_or_revoke_it() {
    ApiKey key = add(tenant, someone, FIRST);

    write(
        tx -> {
          store.rename(other, tx, key.id(), "stolen");
          store.delete(other, tx, key.id());
          store.deleteOf(other, tx, someone);
          store.deleteOf(tenant, tx, another);
        });

    assertThat(find(key)).contains(new ApiKeyStore.Found(tenant, key));
    assertThat(transactions.<Optional<ApiKey>>read(s -> store.find(other, s, key.id()))).isEmpty();
  }

  @Test
  void an_account_that_goes_takes_all_its_keys_along() {
    ApiKey one = add(tenant, someone, FIRST);
    ApiKey two = add(tenant, someone, SECOND);
    ApiKey ofAnother = add(tenant, another, FIRST);

    write(tx -> store.deleteOf(tenant, tx, someone));

    assertThat(find(one)).isEmpty();
    assertThat(find(two)).isEmpty();
    assertThat(find(ofAnother)).isPresent();
  }
}
