package io.gatehouse.directory.account;

import io.gatehouse.directory.gateway.AccountHealth;
import io.gatehouse.directory.gateway.UpstreamAccount;
import io.gatehouse.platform.store.Transactions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps with the account whether its upstream accepts its credentials. That is a note beside the
 * answer: when it cannot be kept, the answer is given all the same.
 */
public final class StoredAccountHealth implements AccountHealth {
  private static final Logger LOG = LoggerFactory.getLogger(StoredAccountHealth.class);

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
    try {
      transactions.write(
          tx -> {
            store.setStatus(account.tenant(), tx, account.id(), status, lastError);
            return status;
          });
    } catch (RuntimeException e) { // whatever ails the store, the answer is there
      LOG.atWarn()
          .addKeyValue("integrated_account", account.id())
          .addKeyValue("status", status)
          .setCause(e)
          .log("the status of an account could not be stored");
    }
  }
}
