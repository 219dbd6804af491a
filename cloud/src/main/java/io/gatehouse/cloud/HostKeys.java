package io.gatehouse.cloud;

import io.gatehouse.cloud.apikey.ApiKey;
import io.gatehouse.cloud.apikey.ApiKeySecret;
import io.gatehouse.cloud.apikey.ApiKeyService;
import io.gatehouse.cloud.organization.Organization;
import io.gatehouse.cloud.organization.OrganizationService;
import io.gatehouse.cloud.role.RoleStore;
import io.gatehouse.cloud.serviceaccount.ServiceAccount;
import io.gatehouse.cloud.serviceaccount.ServiceAccountService;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditTarget;
import io.gatehouse.platform.secret.Secret;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import io.gatehouse.platform.store.Tx;
import java.util.Optional;
import java.util.UUID;

/**
 * The way back into an organization whose keys are lost: who can use the store and the keyset on
 * the host gets a new key of an administrator. It stands in the audit log as done by the system.
 */
public final class HostKeys {
  private static final String ACCOUNT = "admin";
  private static final String KEY = "made on the host";

  private final OrganizationService organizations;
  private final ServiceAccountService accounts;
  private final ApiKeyService keys;
  private final RoleStore roles;
  private final AuditLog audit;
  private final Transactions transactions;

  HostKeys(
      OrganizationService organizations,
      ServiceAccountService accounts,
      ApiKeyService keys,
      RoleStore roles,
      AuditLog audit,
      Transactions transactions) {
    this.organizations = organizations;
    this.accounts = accounts;
    this.keys = keys;
    this.roles = roles;
    this.audit = audit;
    this.transactions = transactions;
  }

  /** A new key; {@code secret} is shown to whoever asked for it, and nowhere else. */
  public record HostKey(Organization organization, UUID serviceAccountId, Secret secret) {}

  /**
   * Makes a key of the oldest service account that administers the organization, and that account
   * when there is none.
   *
   * @param organization its name or its id
   */
  public HostKey create(String organization) {
    ApiKeySecret secret = ApiKeySecret.generate();
    return transactions.write(
        tx -> {
          Organization found = organizations.require(tx, organization);
          Tenant tenant = new Tenant(found.id());
          UUID account =
              roles.administrators(tenant, tx).stream()
                  .findFirst()
                  .orElseGet(() -> createAdministrator(tx, tenant));
          ApiKey key = keys.insert(tx, tenant, account, KEY, secret);
          AuditTarget subject = subject(account, KEY).and("api_key_id", key.id());
          record(tx, tenant, "AUDIT_LOG_ACTION_CREATE_API_KEY", subject);
          return new HostKey(found, account, secret.secret());
        });
  }

  private UUID createAdministrator(Tx tx, Tenant tenant) {
    ServiceAccount account = accounts.createAdministrator(tx, tenant, ACCOUNT, KEY);
    AuditTarget subject = subject(account.id(), ACCOUNT);
    record(tx, tenant, "AUDIT_LOG_ACTION_CREATE_SERVICE_ACCOUNT", subject);
    return account.id();
  }

  private void record(Tx tx, Tenant tenant, String action, AuditTarget subject) {
    audit.recordSystem(tx, tenant, action, subject, Optional.empty());
  }

  private static AuditTarget subject(UUID account, String name) {
    return AuditTarget.none().and("service_account_id", account).and("name", name);
  }
}
