package io.gatehouse.cloud;

import io.gatehouse.cloud.apikey.ApiKeySecret;
import io.gatehouse.cloud.apikey.ApiKeyService;
import io.gatehouse.cloud.organization.Organization;
import io.gatehouse.cloud.organization.OrganizationService;
import io.gatehouse.cloud.serviceaccount.ServiceAccountService;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditTarget;
import io.gatehouse.platform.secret.Secret;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import io.gatehouse.platform.store.Tx;
import java.util.Optional;
import java.util.UUID;

/** Founds organizations: each with a first service account that administers it, and its key. */
public final class OrganizationBootstrap {
  private static final String FIRST_ACCOUNT = "admin";
  private static final String FIRST_KEY = "first key";

  private final OrganizationService organizations;
  private final ServiceAccountService accounts;
  private final ApiKeyService keys;
  private final AuditLog audit;
  private final Transactions transactions;

  OrganizationBootstrap(
      OrganizationService organizations,
      ServiceAccountService accounts,
      ApiKeyService keys,
      AuditLog audit,
      Transactions transactions) {
    this.organizations = organizations;
    this.accounts = accounts;
    this.keys = keys;
    this.audit = audit;
    this.transactions = transactions;
  }

  /** A new organization; {@code key} is shown to whoever founded it, and nowhere else. */
  public record Founded(Organization organization, UUID serviceAccountId, Secret key) {}

  /** Whether the store has no organization yet. */
  public boolean isNeeded() {
    return transactions.read(organizations::isEmptyStore);
  }

  public Founded found(String name, ApiKeySecret key) {
    return transactions.write(tx -> found(tx, name, key));
  }

  /** Founds the first organization of a store, unless another server has done so. */
  public Optional<Founded> foundFirst(String name, ApiKeySecret key) {
    return transactions.write(
        tx ->
            organizations.isEmptyStore(tx) ? Optional.of(found(tx, name, key)) : Optional.empty());
  }

  private Founded found(Tx tx, String name, ApiKeySecret key) {
    Organization organization = organizations.create(tx, name);
    Tenant tenant = new Tenant(organization.id());
    var account =
        accounts.createAdministrator(tx, tenant, FIRST_ACCOUNT, "made with the organization");
    keys.insert(tx, tenant, account.id(), FIRST_KEY, key);
    AuditTarget subject = AuditTarget.none().and("service_account_id", account.id());
    record(
        tx, tenant, "AUDIT_LOG_ACTION_CREATE_SERVICE_ACCOUNT", subject.and("name", FIRST_ACCOUNT));
    record(tx, tenant, "AUDIT_LOG_ACTION_CREATE_API_KEY", subject.and("name", FIRST_KEY));
    return new Founded(organization, account.id(), key.secret());
  }

  private void record(Tx tx, Tenant tenant, String action, AuditTarget subject) {
    audit.recordSystem(tx, tenant, action, subject, Optional.empty());
  }
}
