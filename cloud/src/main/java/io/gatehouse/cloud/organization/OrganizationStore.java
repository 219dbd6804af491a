package io.gatehouse.cloud.organization;

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

/** The rows of organizations. */
public final class OrganizationStore {

  void insert(Tenant tenant, Tx tx, Organization organization) {
    tx.handle()
        .createUpdate(
            """
            insert into cloud.organization (organization_id, label, name, created_at)
            values (:organization, :label, :name, :createdAt)
            """)
        .bind("organization", tenant.organization())
        .bind("label", organization.label())
        .bind("name", organization.name())
        .bind("createdAt", organization.createdAt().atOffset(ZoneOffset.UTC))
        .execute();
  }

  Optional<Organization> find(Tenant tenant, Session session) {
    return session
        .handle()
        .createQuery("select * from cloud.organization where organization_id = :organization")
        .bind("organization", tenant.organization())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Whether this store has any organization yet. */
  boolean isEmpty(Session session) {
    return session
        .handle()
        .createQuery("select not exists (select 1 from cloud.organization)")
        .mapTo(Boolean.class)
        .one();
  }

  /** The organizations of this name or id, the oldest first. */
  List<Organization> named(Session session, String nameOrId) {
    return session
        .handle()
        .createQuery(
            """
            select * from cloud.organization
            where name = :name or cast(organization_id as text) = lower(:name)
            order by created_at
            """)
        .bind("name", nameOrId)
        .map((row, context) -> read(row))
        .list();
  }

  /** Some organizations, at most so many. */
  List<Tenant> some(Session session, int limit) {
    return session
        .handle()
        .createQuery("select organization_id from cloud.organization limit :limit")
        .bind("limit", limit)
        .mapTo(UUID.class)
        .map(Tenant::new)
        .list();
  }

  private static Organization read(ResultSet row) throws SQLException {
    return new Organization(
        row.getObject("organization_id", UUID.class),
        row.getString("label"),
        row.getString("name"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
