package io.gatehouse.directory.account;

import io.gatehouse.directory.gateway.SealedCredentials;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of integrated accounts. */
public final class IntegratedAccountStore {

  void insert(Tenant tenant, Tx tx, IntegratedAccount account) {
    tx.handle()
        .createUpdate(
            """
            insert into directory.integrated_account (
              organization_id, account_id, integration, tenant_id, authentication_method, context,
              credentials, status, created_at, updated_at)
            values (
              :organization, :id, :integration, :tenantId, :authenticationMethod, :context,
              :credentials, :status, :createdAt, :updatedAt)
            """)
        .bind("organization", tenant.organization())
        .bind("id", account.id())
        .bind("integration", account.integration())
        .bind("tenantId", account.tenantId())
        .bind("authenticationMethod", account.authenticationMethod())
        .bind("context", account.context().bytes())
        .bind("credentials", account.credentials().bytes())
        .bind("status", account.status().name())
        .bind("createdAt", account.createdAt().atOffset(ZoneOffset.UTC))
        .bind("updatedAt", account.updatedAt().atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** Writes only what is news: many calls may find out the same at once. */
  void setStatus(Tenant tenant, Tx tx, UUID id, AccountStatus status, Optional<String> lastError) {
    tx.handle()
        .createUpdate(
            """
            update directory.integrated_account
            set status = :status, last_error = :lastError, updated_at = :now
            where organization_id = :organization and account_id = :id and status <> :status
            """)
        .bind("organization", tenant.organization())
        .bind("id", id)
        .bind("status", status.name())
        .bind("lastError", lastError.orElse(null))
        .bind("now", tx.now().atOffset(ZoneOffset.UTC))
        .execute();
  }

  void delete(Tenant tenant, Tx tx, UUID id) {
    tx.handle()
        .createUpdate(
            """
            delete from directory.integrated_account
            where organization_id = :organization and account_id = :id
            """)
        .bind("organization", tenant.organization())
        .bind("id", id)
        .execute();
  }

  Optional<IntegratedAccount> find(Tenant tenant, Session session, UUID id) {
    return session
        .handle()
        .createQuery(
            """
            select * from directory.integrated_account
            where organization_id = :organization and account_id = :id
            """)
        .bind("organization", tenant.organization())
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /**
   * The accounts after one in the order of their making; those of one tenant id, if it is given.
   */
  List<IntegratedAccount> list(
      Tenant tenant, Session session, Optional<String> tenantId, Optional<UUID> after, int limit) {
    return session
        .handle()
        .createQuery(
            """
            select * from directory.integrated_account
            where organization_id = :organization and <ofTenantId> and <after>
            order by account_id
            limit :limit
            """)
        .define("ofTenantId", tenantId.isPresent() ? "tenant_id = :tenantId" : "true")
        .define("after", after.isPresent() ? "account_id > :after" : "true")
        .bind("organization", tenant.organization())
        .bind("tenantId", tenantId.orElse(null))
        .bind("after", after.orElse(null))
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private static IntegratedAccount read(ResultSet row) throws SQLException {
    return new IntegratedAccount(
        row.getObject("account_id", UUID.class),
        row.getString("integration"),
        row.getString("tenant_id"),
        row.getString("authentication_method"),
        SealedContext.of(row.getBytes("context")),
        SealedCredentials.of(row.getBytes("credentials")),
        AccountStatus.valueOf(row.getString("status")),
        Optional.ofNullable(row.getString("last_error")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }
}
