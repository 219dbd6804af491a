package io.gatehouse.cloud.apikey;

import io.gatehouse.cloud.apikey.ApiKeyOperations.ApiKeyView;
import io.gatehouse.cloud.apikey.ApiKeyOperations.CreateApiKey;
import io.gatehouse.cloud.apikey.ApiKeyOperations.NewApiKey;
import io.gatehouse.cloud.apikey.ApiKeyOperations.UpdateApiKey;
import io.gatehouse.cloud.role.Principals;
import io.gatehouse.cloud.role.RoleService;
import io.gatehouse.cloud.role.RoleStore;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditTarget;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.ids.Uuids;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.paging.Page;
import io.gatehouse.platform.paging.PageRequest;
import io.gatehouse.platform.paging.Pages;
import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import io.gatehouse.platform.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The use cases of API keys. */
public final class ApiKeyService {
  private final ApiKeyStore store;
  private final Principals principals;
  private final RoleStore held;
  private final RoleService roles;
  private final Keyset keyset;
  private final Transactions transactions;
  private final AuditLog audit;

  public ApiKeyService(
      ApiKeyStore store,
      Principals principals,
      RoleStore held,
      RoleService roles,
      Keyset keyset,
      Transactions transactions,
      AuditLog audit) {
    this.store = store;
    this.principals = principals;
    this.held = held;
    this.roles = roles;
    this.keyset = keyset;
    this.transactions = transactions;
    this.audit = audit;
  }

  public Page<ApiKey> list(Tenant tenant, @Nullable String serviceAccountId, PageRequest request) {
    Optional<UUID> account = Optional.ofNullable(serviceAccountId).map(ApiKeyService::parse);
    return Pages.page(
        request,
        ApiKeyStore.BY_AGE,
        key -> List.of(key.createdAt().toString(), key.id()),
        window -> transactions.read(session -> store.list(tenant, session, account, window)));
  }

  public ApiKey get(Tenant tenant, String id) {
    return transactions.read(session -> require(tenant, session, id));
  }

  public NewApiKey create(Call call, CreateApiKey wanted) {
    ApiKeySecret secret = ApiKeySecret.generate();
    return transactions.write(
        tx -> {
          if (!principals.exists(call.tenant(), tx, wanted.serviceAccountId())) {
            throw GatehouseException.notFound("service account");
          }
          ApiKey key = insert(tx, call.tenant(), wanted.serviceAccountId(), wanted.name(), secret);
          audit.record(tx, call, subject(key));
          return new NewApiKey(ApiKeyView.of(key), secret.secret().reveal());
        });
  }

  /** Stores a key under the keyed hash of its secret. */
  public ApiKey insert(
      Tx tx, Tenant tenant, UUID serviceAccountId, String name, ApiKeySecret secret) {
    ApiKey key =
        new ApiKey(secret.id(), serviceAccountId, name, keyset.hash(secret.secret()), tx.now());
    store.insert(tenant, tx, key);
    return key;
  }

  public ApiKey update(Call call, UpdateApiKey wanted) {
    return transactions.write(
        tx -> {
          ApiKey now = require(call.tenant(), tx, wanted.id());
          if (wanted.name() != null) {
            store.rename(call.tenant(), tx, wanted.id(), wanted.name());
          }
          audit.record(tx, call, subject(now));
          return require(call.tenant(), tx, wanted.id());
        });
  }

  public ApiKey delete(Call call, String id) {
    return transactions.write(
        tx -> {
          ApiKey key = require(call.tenant(), tx, id);
          store.delete(call.tenant(), tx, id);
          roles.requireAdministratorLeft(
              call.tenant(), tx, held.of(call.tenant(), tx, key.serviceAccountId()));
          audit.record(tx, call, subject(key));
          return key;
        });
  }

  private ApiKey require(Tenant tenant, Session session, String id) {
    return Optional.of(id)
        .filter(ApiKeySecret::isId)
        .flatMap(known -> store.find(tenant, session, known))
        .orElseThrow(() -> GatehouseException.notFound("API key"));
  }

  private static UUID parse(String serviceAccountId) {
    return Uuids.parse(serviceAccountId)
        .orElseThrow(() -> GatehouseException.invalid("service_account_id", "must be a UUID"));
  }

  private static AuditTarget subject(ApiKey key) {
    return AuditTarget.none()
        .and("api_key_id", key.id())
        .and("name", key.name())
        .and("service_account_id", key.serviceAccountId());
  }
}
