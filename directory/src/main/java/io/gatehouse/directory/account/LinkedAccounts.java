package io.gatehouse.directory.account;

import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.connector.Connectors;
import io.gatehouse.directory.gateway.UpstreamAccount;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import java.util.UUID;

/** The integrated accounts as the gateway needs them, for the rooms that call out. */
public final class LinkedAccounts {
  private final IntegratedAccountStore store;
  private final Connectors connectors;
  private final Keyset keyset;
  private final Transactions transactions;

  public LinkedAccounts(
      IntegratedAccountStore store,
      Connectors connectors,
      Keyset keyset,
      Transactions transactions) {
    this.store = store;
    this.connectors = connectors;
    this.keyset = keyset;
    this.transactions = transactions;
  }

  /** The account of that id; an error of the caller when the organization has none. */
  public UpstreamAccount require(Tenant tenant, UUID id) {
    IntegratedAccount account =
        transactions
            .read(session -> store.find(tenant, session, id))
            .orElseThrow(() -> GatehouseException.notFound("integrated account"));
    Connector connector =
        connectors.find(account.integration()).orElseThrow(() -> withdrawn(account));
    return new UpstreamAccount(
        account.id(),
        tenant,
        connector,
        AccountContext.baseUrl(account.context().open(keyset, id), connector),
        account.credentials(),
        account.status() == AccountStatus.NEEDS_REAUTH);
  }

  private static GatehouseException withdrawn(IntegratedAccount account) {
    return ErrorCode.FAILED_PRECONDITION.with(
        "rule", "the integration " + account.integration() + " is no longer there");
  }
}
