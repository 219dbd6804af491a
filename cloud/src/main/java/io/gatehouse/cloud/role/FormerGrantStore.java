package io.gatehouse.cloud.role;

import io.gatehouse.platform.access.Grant;
import io.gatehouse.platform.access.ResourceType;
import io.gatehouse.platform.access.Role;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Tx;
import java.util.List;
import java.util.UUID;

/**
 * The rows of roles that were held on clusters that are gone. They are apart from the others, so
 * that who makes and deletes many clusters does not carry them along.
 */
final class FormerGrantStore {

  /** Keeps what anyone holds on a cluster. */
  void keep(Tenant tenant, Tx tx, UUID cluster) {
    tx.handle()
        .createUpdate(
            """
            insert into cloud.former_grant (organization_id, cluster_id, principal_id, role)
            select organization_id, resource_id, principal_id, role from cloud.role_grant
            where organization_id = :organization and resource_type = 'CLUSTER'
              and resource_id = :cluster
            on conflict do nothing
            """)
        .bind("organization", tenant.organization())
        .bind("cluster", cluster)
        .execute();
  }

  List<Grant> find(Tenant tenant, Session session, UUID principal, UUID cluster) {
    return session
        .handle()
        .createQuery(
            """
            select role from cloud.former_grant
            where organization_id = :organization and cluster_id = :cluster
              and principal_id = :principal
            """)
        .bind("organization", tenant.organization())
        .bind("cluster", cluster)
        .bind("principal", principal)
        .map(
            (row, context) ->
                new Grant(Role.valueOf(row.getString("role")), Scope.cluster(cluster)))
        .list();
  }

  void remove(Tenant tenant, Tx tx, UUID principal, Grant grant) {
    if (grant.scope().type() != ResourceType.CLUSTER) {
      return;
    }
    tx.handle()
        .createUpdate(
            """
            delete from cloud.former_grant
            where organization_id = :organization and cluster_id = :cluster
              and principal_id = :principal and role = :role
            """)
        .bind("organization", tenant.organization())
        .bind("cluster", grant.scope().id())
        .bind("principal", principal)
        .bind("role", grant.role().name())
        .execute();
  }

  void removeOf(Tenant tenant, Tx tx, UUID principal) {
    tx.handle()
        .createUpdate(
            """
            delete from cloud.former_grant
            where organization_id = :organization and principal_id = :principal
            """)
        .bind("organization", tenant.organization())
        .bind("principal", principal)
        .execute();
  }
}
