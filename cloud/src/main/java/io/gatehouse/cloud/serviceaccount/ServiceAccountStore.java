package io.gatehouse.cloud.serviceaccount;

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

/** The rows of service accounts. */
public final class ServiceAccountStore {
  static final SortKey BY_NAME = SortKey.of(SortKey.text("name"), SortKey.id("service_account_id"));

  void insert(Tenant tenant, Tx tx, ServiceAccount account) {
    tx.handle()
        .createUpdate(
            """
            insert into cloud.service_account (
              organization_id, service_account_id, name, description, creator_name, created_at,
              version)
            values (:organization, :id, :name, :description, :creatorName, :createdAt, 1)
            """)
        .bind("organization", tenant.organization())
        .bind("id", account.id())
        .bind("name", account.name())
        .bind("description", account.description())
        .bind("creatorName", account.creatorName())
        .bind("createdAt", account.createdAt().atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** Changes name and description, if the account is still of this version. */
  boolean update(Tenant tenant, Tx tx, ServiceAccount account) {
    tx.touch(tenant, Area.ACCESS);
    return tx.handle()
            .createUpdate(
                """
                update cloud.service_account
                set name = :name, description = :description, version = version + 1
                where organization_id = :organization and service_account_id = :id
                  and version = :version
                """)
            .bind("organization", tenant.organization())
            .bind("id", account.id())
            .bind("name", account.name())
            .bind("description", account.description())
            .bind("version", account.version())
            .execute()
        == 1;
  }

  void delete(Tenant tenant, Tx tx, UUID id) {
    tx.handle()
        .createUpdate(
            """
            delete from cloud.service_account
            where organization_id = :organization and service_account_id = :id
            """)
        .bind("organization", tenant.organization())
        .bind("id", id)
        .execute();
    tx.touch(tenant, Area.ACCESS);
  }

  public Optional<ServiceAccount> find(Tenant tenant, Session session, UUID id) {
    return session
        .handle()
        .createQuery(
            """
            select * from cloud.service_account
            where organization_id = :organization and service_account_id = :id
            """)
        .bind("organization", tenant.organization())
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  List<ServiceAccount> list(Tenant tenant, Session session, KeysetRange window) {
    var query =
        session
            .handle()
            .createQuery(
                """
                select * from cloud.service_account
                where organization_id = :organization and <after>
                order by <order>
                limit :limit
                """)
            .bind("organization", tenant.organization());
    return window.apply(query, BY_NAME).map((row, context) -> read(row)).list();
  }

  private static ServiceAccount read(ResultSet row) throws SQLException {
    return new ServiceAccount(
        row.getObject("service_account_id", UUID.class),
        row.getString("name"),
        row.getString("description"),
        row.getString("creator_name"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"));
  }
}
