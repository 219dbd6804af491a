package io.gatehouse.cloud.apikey;

import io.gatehouse.platform.paging.KeysetRange;
import io.gatehouse.platform.paging.SortKey;
import io.gatehouse.platform.store.Area;
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

/** The rows of API keys. */
public final class ApiKeyStore {
  static final SortKey BY_AGE = SortKey.of(SortKey.time("created_at"), SortKey.text("api_key_id"));

  void insert(Tenant tenant, Tx tx, ApiKey key) {
    tx.handle()
        .createUpdate(
            """
            insert into cloud.api_key (
              organization_id, api_key_id, service_account_id, name, hash, created_at)
            values (:organization, :id, :serviceAccountId, :name, :hash, :createdAt)
            """)
        .bind("organization", tenant.organization())
        .bind("id", key.id())
        .bind("serviceAccountId", key.serviceAccountId())
        .bind("name", key.name())
        .bind("hash", key.hash())
        .bind("createdAt", key.createdAt().atOffset(ZoneOffset.UTC))
        .execute();
  }

  void rename(Tenant tenant, Tx tx, String id, String name) {
    tx.handle()
        .createUpdate(
            """
            update cloud.api_key set name = :name
            where organization_id = :organization and api_key_id = :id
            """)
        .bind("organization", tenant.organization())
        .bind("id", id)
        .bind("name", name)
        .execute();
  }

  void delete(Tenant tenant, Tx tx, String id) {
    tx.handle()
        .createUpdate(
            "delete from cloud.api_key where organization_id = :organization and api_key_id = :id")
        .bind("organization", tenant.organization())
        .bind("id", id)
        .execute();
    tx.touch(tenant, Area.ACCESS);
  }

  /** Revokes every key of a service account. */
  public void deleteOf(Tenant tenant, Tx tx, UUID serviceAccountId) {
    tx.handle()
        .createUpdate(
            """
            delete from cloud.api_key
            where organization_id = :organization and service_account_id = :serviceAccountId
            """)
        .bind("organization", tenant.organization())
        .bind("serviceAccountId", serviceAccountId)
        .execute();
    tx.touch(tenant, Area.ACCESS);
  }

  Optional<ApiKey> find(Tenant tenant, Session session, String id) {
    return session
        .handle()
        .createQuery(
            """
            select * from cloud.api_key where organization_id = :organization and api_key_id = :id
            """)
        .bind("organization", tenant.organization())
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** A key with the organization that it turned out to belong to. */
  public record Found(Tenant tenant, ApiKey key) {}

  /** For authentication, which begins without an organization: the key tells whose it is. */
  public Optional<Found> findForAuthentication(Session session, String id) {
    return session
        .handle()
        .createQuery("select * from cloud.api_key where api_key_id = :id")
        .bind("id", id)
        .map(
            (row, context) ->
                new Found(new Tenant(row.getObject("organization_id", UUID.class)), read(row)))
        .findOne();
  }

  List<ApiKey> list(
      Tenant tenant, Session session, Optional<UUID> serviceAccountId, KeysetRange window) {
    var query =
        session
            .handle()
            .createQuery(
                """
                select * from cloud.api_key
                where organization_id = :organization and <account> and <after>
                order by <order>
                limit :limit
                """)
            .define(
                "account", serviceAccountId.isPresent() ? "service_account_id = :account" : "true")
            .bind("organization", tenant.organization())
            .bind("account", serviceAccountId.orElse(null));
    return window.apply(query, BY_AGE).map((row, context) -> read(row)).list();
  }

  private static ApiKey read(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getString("api_key_id"),
        row.getObject("service_account_id", UUID.class),
        row.getString("name"),
        row.getString("hash"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
