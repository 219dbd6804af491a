package io.gatehouse.cloud.organization;

import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

  /** Whether this store has any organization yet: the one question that is asked of all of them. */
  boolean isEmpty(Session session) {
    return session
        .handle()
        .createQuery("select not exists (select 1 from cloud.organization)")
        .mapTo(Boolean.class)
        .one();
  }

  private static Organization read(ResultSet row) throws SQLException {
    return new Organization(
        row.getObject("organization_id", UUID.class),
        row.getString("label"),
        row.getString("name"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
