package io.gatehouse.cloud.serviceaccount;

import io.gatehouse.cloud.apikey.ApiKeyStore;
import io.gatehouse.cloud.role.RoleResolver;
import io.gatehouse.cloud.role.RoleService;
import io.gatehouse.cloud.role.RoleStore;
import io.gatehouse.cloud.role.RoleView;
import io.gatehouse.cloud.serviceaccount.ServiceAccountOperations.CreateServiceAccount;
import io.gatehouse.cloud.serviceaccount.ServiceAccountOperations.UpdateServiceAccount;
import io.gatehouse.platform.access.Grant;
import io.gatehouse.platform.access.Role;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditTarget;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.paging.Page;
import io.gatehouse.platform.paging.PageRequest;
import io.gatehouse.platform.paging.Pages;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import io.gatehouse.platform.store.Tx;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The use cases of service accounts. */
public final class ServiceAccountService {
  private final ServiceAccountStore store;
  private final RoleStore roles;
  private final ApiKeyStore keys;
  private final RoleService roleService;
  private final RoleResolver resolver;
  private final Transactions transactions;
  private final AuditLog audit;
  private final Ids ids;

  public ServiceAccountService(
      ServiceAccountStore store,
      RoleStore roles,
      ApiKeyStore keys,
      RoleService roleService,
      RoleResolver resolver,
      Transactions transactions,
      AuditLog audit,
      Ids ids) {
    this.store = store;
    this.roles = roles;
    this.keys = keys;
    this.roleService = roleService;
    this.resolver = resolver;
    this.transactions = transactions;
    this.audit = audit;
    this.ids = ids;
  }

  public Page<ServiceAccountView> list(Tenant tenant, PageRequest request) {
    Page<ServiceAccount> page =
        Pages.page(
            request,
            ServiceAccountStore.BY_NAME,
            account -> List.of(account.name(), account.id().toString()),
            window -> transactions.read(session -> store.list(tenant, session, window)));
    List<UUID> listed = page.items().stream().map(ServiceAccount::id).toList();
    var grants = transactions.read(session -> roles.of(tenant, session, listed));
    return page.map(
        account -> ServiceAccountView.of(account, grants.getOrDefault(account.id(), List.of())));
  }

  public ServiceAccountView get(Tenant tenant, UUID id) {
    return transactions.read(
        session ->
            ServiceAccountView.of(require(tenant, session, id), roles.of(tenant, session, id)));
  }

  public ServiceAccountView create(Call call, CreateServiceAccount wanted) {
    return transactions.write(
        tx -> {
          Set<Grant> grants =
              resolver.read(
                  call.tenant(), Objects.requireNonNullElse(wanted.roles(), List.<RoleView>of()));
          grants.remove(RoleResolver.membership(call.tenant()));
          grants.forEach(grant -> resolver.requireMayGive(call, tx, grant));
          ServiceAccount account =
              insert(
                  tx,
                  call.tenant(),
                  wanted.name(),
                  Objects.requireNonNullElse(wanted.description(), ""),
                  call.principal().name(),
                  grants);
          audit.record(tx, call, subject(account).and("roles", RoleView.of(List.copyOf(grants))));
          return ServiceAccountView.of(account, roles.of(call.tenant(), tx, account.id()));
        });
  }

  /** Makes an account that administers its organization, on behalf of nobody inside it. */
  public ServiceAccount createAdministrator(Tx tx, Tenant tenant, String name, String description) {
    Grant administrator = new Grant(Role.ORG_ADMIN, Scope.organization(tenant));
    return insert(tx, tenant, name, description, "", Set.of(administrator));
  }

  private ServiceAccount insert(
      Tx tx,
      Tenant tenant,
      String name,
      String description,
      String creatorName,
      Set<Grant> grants) {
    ServiceAccount account =
        new ServiceAccount(ids.next(), name, description, creatorName, tx.now(), 1);
    store.insert(tenant, tx, account);
    roles.add(tenant, tx, account.id(), RoleResolver.membership(tenant));
    grants.forEach(grant -> roles.add(tenant, tx, account.id(), grant));
    return account;
  }

  public ServiceAccountView update(Call call, UpdateServiceAccount wanted) {
    return transactions.write(
        tx -> {
          ServiceAccount now = require(call.tenant(), tx, wanted.id());
          ServiceAccount next =
              new ServiceAccount(
                  now.id(),
                  Objects.requireNonNullElse(wanted.name(), now.name()),
                  Objects.requireNonNullElse(wanted.description(), now.description()),
                  now.creatorName(),
                  now.createdAt(),
                  now.version());
          if (!store.update(call.tenant(), tx, next)) {
            throw ErrorCode.CONFLICT.with("resource", "the service account");
          }
          audit.record(tx, call, subject(next));
          return ServiceAccountView.of(next, roles.of(call.tenant(), tx, next.id()));
        });
  }

  public ServiceAccountView delete(Call call, UUID id) {
    return transactions.write(
        tx -> {
          ServiceAccount account = require(call.tenant(), tx, id);
          List<Grant> held = roles.of(call.tenant(), tx, id);
          keys.deleteOf(call.tenant(), tx, id);
          roles.removeOf(call.tenant(), tx, id);
          store.delete(call.tenant(), tx, id);
          roleService.requireAdministratorLeft(call.tenant(), tx, held);
          audit.record(tx, call, subject(account));
          return ServiceAccountView.of(account, held);
        });
  }

  private ServiceAccount require(Tenant tenant, Session session, UUID id) {
    return store
        .find(tenant, session, id)
        .orElseThrow(() -> GatehouseException.notFound("service account"));
  }

  private static AuditTarget subject(ServiceAccount account) {
    return AuditTarget.none().and("service_account_id", account.id()).and("name", account.name());
  }
}
