package io.gatehouse.directory.account;

import io.gatehouse.directory.Cursor;
import io.gatehouse.directory.account.IntegratedAccountOperations.CreateIntegratedAccount;
import io.gatehouse.directory.account.IntegratedAccountOperations.IntegratedAccountList;
import io.gatehouse.directory.account.IntegratedAccountOperations.ListIntegratedAccounts;
import io.gatehouse.directory.account.IntegratedAccountView.Integration;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.connector.Connectors;
import io.gatehouse.directory.gateway.Gateway;
import io.gatehouse.directory.gateway.SealedCredentials;
import io.gatehouse.directory.gateway.UpstreamAccount;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditTarget;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The use cases of integrated accounts. */
public final class IntegratedAccountService {
  private final IntegratedAccountStore store;
  private final Connectors connectors;
  private final Gateway gateway;
  private final Keyset keyset;
  private final Transactions transactions;
  private final AuditLog audit;
  private final Ids ids;

  public IntegratedAccountService(
      IntegratedAccountStore store,
      Connectors connectors,
      Gateway gateway,
      Keyset keyset,
      Transactions transactions,
      AuditLog audit,
      Ids ids) {
    this.store = store;
    this.connectors = connectors;
    this.gateway = gateway;
    this.keyset = keyset;
    this.transactions = transactions;
    this.audit = audit;
    this.ids = ids;
  }

  /** Links an account; nothing is stored unless the upstream accepts the credentials. */
  public IntegratedAccountView create(Call call, CreateIntegratedAccount wanted) {
    Connector connector = connectors.require(wanted.integration());
    requireMethod(connector, wanted.authenticationMethod());
    AccountContext context = AccountContext.of(connector, wanted.context());
    UUID id = ids.next();
    var sealed = SealedContext.seal(keyset, id, context.open());
    var credentials = SealedCredentials.seal(keyset, id, context.secret());
    UpstreamAccount upstream = upstream(call.tenant(), id, connector, context, credentials);
    gateway.check(upstream);
    return transactions.write(
        tx -> {
          var account = account(id, connector, wanted.tenantId(), sealed, credentials, tx.now());
          store.insert(call.tenant(), tx, account);
          audit.record(tx, call, subject(account));
          return view(account);
        });
  }

  public IntegratedAccountList list(Tenant tenant, ListIntegratedAccounts wanted, int limit) {
    Optional<String> tenantId = Optional.ofNullable(wanted.tenantId());
    String list = "integrated-account?tenant_id=" + tenantId.orElse("");
    Optional<UUID> after = Cursor.decode(wanted.nextCursor(), list, UUID.class);
    List<IntegratedAccount> found =
        transactions.read(session -> store.list(tenant, session, tenantId, after, limit + 1));
    List<IntegratedAccount> shown = found.subList(0, Math.min(limit, found.size()));
    @Nullable String next = found.size() > limit ? Cursor.encode(list, shown.getLast().id()) : null;
    return new IntegratedAccountList(shown.stream().map(this::view).toList(), next, limit);
  }

  public IntegratedAccountView get(Tenant tenant, UUID id) {
    return transactions.read(session -> view(require(tenant, session, id)));
  }

  public void delete(Call call, UUID id) {
    transactions.write(
        tx -> {
          IntegratedAccount account = require(call.tenant(), tx, id);
          store.delete(call.tenant(), tx, id);
          audit.record(tx, call, subject(account));
          return id;
        });
  }

  private static UpstreamAccount upstream(
      Tenant tenant,
      UUID id,
      Connector connector,
      AccountContext context,
      SealedCredentials credentials) {
    URI baseUrl = AccountContext.baseUrl(context.open(), connector);
    return new UpstreamAccount(id, tenant, connector, baseUrl, credentials, false);
  }

  private static IntegratedAccount account(
      UUID id,
      Connector connector,
      String tenantId,
      SealedContext context,
      SealedCredentials credentials,
      Instant now) {
    return new IntegratedAccount(
        id,
        connector.name(),
        tenantId,
        connector.authenticationMethod(),
        context,
        credentials,
        AccountStatus.ACTIVE,
        Optional.empty(),
        now,
        now);
  }

  private static void requireMethod(Connector connector, @Nullable String given) {
    if (given != null && !given.equals(connector.authenticationMethod())) {
      throw GatehouseException.invalid(
          "authentication_method",
          "%s knows only '%s'".formatted(connector.name(), connector.authenticationMethod()));
    }
  }

  private IntegratedAccount require(Tenant tenant, Session session, UUID id) {
    return store
        .find(tenant, session, id)
        .orElseThrow(() -> GatehouseException.notFound("integrated account"));
  }

  /** The context is opened only now that it is to be shown. */
  private IntegratedAccountView view(IntegratedAccount account) {
    Integration integration =
        connectors
            .find(account.integration())
            .map(Integration::of)
            .orElseGet(() -> new Integration(account.integration(), null, null));
    Map<String, String> context = account.context().open(keyset, account.id());
    return IntegratedAccountView.of(account, context, integration);
  }

  private static AuditTarget subject(IntegratedAccount account) {
    return AuditTarget.none()
        .and("integrated_account_id", account.id())
        .and("integration", account.integration())
        .and("tenant_id", account.tenantId());
  }
}
