-- Roles that were held on clusters that are gone. They let their holders see that, and do nothing else.
create table cloud.former_grant (
  organization_id uuid not null,
  cluster_id      uuid not null,
  principal_id    uuid not null,
  role            text not null,
  primary key (organization_id, cluster_id, principal_id, role)
);
create index former_grant_principal on cloud.former_grant (organization_id, principal_id);
