package io.gatehouse.directory.account;

import io.gatehouse.directory.gateway.AccountHealth;
import io.gatehouse.directory.gateway.UpstreamAccount;
import io.gatehouse.platform.store.Transactions;
import java.util.Optional;

/** Keeps with the account whether its upstream accepts its credentials. */
public final class StoredAccountHealth implements AccountHealth {
  private final IntegratedAccountStore store;
  private final Transactions transactions;

  public StoredAccountHealth(IntegratedAccountStore store, Transactions transactions) {
    this.store = store;
    this.transactions = transactions;
  }

  @Override
  public void accepted(UpstreamAccount account) {
    set(account, AccountStatus.ACTIVE, Optional.empty());
  }

  /** An account that is only being tried is not stored, and nothing happens. */
  @Override
  public void refused(UpstreamAccount account, String message) {
    set(account, AccountStatus.NEEDS_REAUTH, Optional.of(message));
  }

  private void set(UpstreamAccount account, AccountStatus status, Optional<String> lastError) {
    transactions.write(
        tx -> {
          store.setStatus(account.tenant(), tx, account.id(), status, lastError);
          return status;
        });
  }
}
