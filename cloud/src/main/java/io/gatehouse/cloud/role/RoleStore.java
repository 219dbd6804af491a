package io.gatehouse.cloud.role;

import io.gatehouse.platform.access.Grant;
import io.gatehouse.platform.access.ResourceType;
import io.gatehouse.platform.access.Role;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.paging.KeysetRange;
import io.gatehouse.platform.paging.SortKey;
import io.gatehouse.platform.store.Area;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;

/** The rows of role grants. */
public final class RoleStore {
  static final SortKey BY_PRINCIPAL = SortKey.of(SortKey.id("principal_id"));
  private static final String ADMINISTRATORS =
      "held.organization_id = :organization and held.resource_type = 'ORGANIZATION'"
          + " and held.role = 'ORG_ADMIN'";
  private static final String ORDER = " order by principal_id, resource_type, resource_id, role";

  private final FormerGrantStore former = new FormerGrantStore();

  /** Grants; granting what is granted already changes nothing. */
  public void add(Tenant tenant, Tx tx, UUID principal, Grant grant) {
    tx.handle()
        .createUpdate(
            """
            insert into cloud.role_grant (
              organization_id, principal_id, role, resource_type, resource_id, created_at)
            values (:organization, :principal, :role, :type, :resource, now())
            on conflict do nothing
            """)
        .bind("organization", tenant.organization())
        .bind("principal", principal)
        .bind("role", grant.role().name())
        .bind("type", grant.scope().type().name())
        .bind("resource", grant.scope().id())
        .execute();
    tx.touch(tenant, Area.ACCESS);
  }

  /** Takes a grant away; taking what is not there changes nothing. */
  void remove(Tenant tenant, Tx tx, UUID principal, Grant grant) {
    tx.handle()
        .createUpdate(
            """
            delete from cloud.role_grant
            where organization_id = :organization and principal_id = :principal and role = :role
              and resource_type = :type and resource_id = :resource
            """)
        .bind("organization", tenant.organization())
        .bind("principal", principal)
        .bind("role", grant.role().name())
        .bind("type", grant.scope().type().name())
        .bind("resource", grant.scope().id())
        .execute();
    former.remove(tenant, tx, principal, grant);
    tx.touch(tenant, Area.ACCESS);
  }

  /** Takes away everything that a principal holds. */
  public void removeOf(Tenant tenant, Tx tx, UUID principal) {
    tx.handle()
        .createUpdate(
            """
            delete from cloud.role_grant
            where organization_id = :organization and principal_id = :principal
            """)
        .bind("organization", tenant.organization())
        .bind("principal", principal)
        .execute();
    former.removeOf(tenant, tx, principal);
    tx.touch(tenant, Area.ACCESS);
  }

  /** The roles that were held on clusters that are gone. */
  FormerGrantStore former() {
    return former;
  }

  /**
   * Takes away everything that anyone holds on a cluster that goes; they still see that it is gone.
   */
  public void retire(Tenant tenant, Tx tx, Scope cluster) {
    former.keep(tenant, tx, cluster.id());
    removeOn(tenant, tx, cluster);
  }

  /** What someone held on a cluster that is gone. */
  public List<Grant> held(Tenant tenant, Session session, UUID principal, UUID cluster) {
    return former.find(tenant, session, principal, cluster);
  }

  /** Takes away everything that anyone holds on a resource, because it goes. */
  public void removeOn(Tenant tenant, Tx tx, Scope scope) {
    tx.handle()
        .createUpdate(
            """
            delete from cloud.role_grant
            where organization_id = :organization and resource_type = :type
              and resource_id = :resource
            """)
        .bind("organization", tenant.organization())
        .bind("type", scope.type().name())
        .bind("resource", scope.id())
        .execute();
    tx.touch(tenant, Area.ACCESS);
  }

  public List<Grant> of(Tenant tenant, Session session, UUID principal) {
    return of(tenant, session, List.of(principal)).getOrDefault(principal, List.of());
  }

  /** What these principals hold; one that holds nothing is not in the map. */
  public Map<UUID, List<Grant>> of(Tenant tenant, Session session, List<UUID> principals) {
    return session
        .handle()
        .createQuery(
            """
            select * from cloud.role_grant
            where organization_id = :organization
              and principal_id = any(cast(:principals as uuid[]))
            """
                + ORDER)
        .bind("organization", tenant.organization())
        .bind("principals", principals.toArray(UUID[]::new))
        .map((row, context) -> Map.entry(row.getObject("principal_id", UUID.class), read(row)))
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  /** Principals that hold anything, in order. */
  List<UUID> principals(Tenant tenant, Session session, KeysetRange window) {
    Query query =
        session
            .handle()
            .createQuery(
                """
                select distinct principal_id from cloud.role_grant
                where organization_id = :organization and <after>
                order by <order>
                limit :limit
                """)
            .bind("organization", tenant.organization());
    return window.apply(query, BY_PRINCIPAL).mapTo(UUID.class).list();
  }

  /** The service accounts that administer the organization, the oldest first. */
  public List<UUID> administrators(Tenant tenant, Session session) {
    return session
        .handle()
        .createQuery(
            """
            select account.service_account_id
            from cloud.role_grant as held
            join cloud.service_account as account
              on account.organization_id = held.organization_id
              and account.service_account_id = held.principal_id
            where <administrators>
            order by account.created_at, account.service_account_id
            """)
        .define("administrators", ADMINISTRATORS)
        .bind("organization", tenant.organization())
        .mapTo(UUID.class)
        .list();
  }

  /** Whether anyone who administers the organization has a key to sign in with. */
  boolean hasAdministratorWithKey(Tenant tenant, Session session) {
    return session
        .handle()
        .createQuery(
            """
            select exists (
              select 1 from cloud.role_grant as held
              join cloud.api_key as key
                on key.organization_id = held.organization_id
                and key.service_account_id = held.principal_id
              where <administrators>)
            """)
        .define("administrators", ADMINISTRATORS)
        .bind("organization", tenant.organization())
        .mapTo(Boolean.class)
        .one();
  }

  private static Grant read(ResultSet row) throws SQLException {
    return new Grant(
        Role.valueOf(row.getString("role")),
        new Scope(
            ResourceType.valueOf(row.getString("resource_type")),
            row.getObject("resource_id", UUID.class)));
  }
}
