create table cloud.organization (
  organization_id uuid        not null primary key,
  label           text        not null,
  name            text        not null,
  created_at      timestamptz not null
);

-- parent_id is the organization itself for what stands at the root
create table cloud.folder (
  organization_id uuid        not null,
  folder_id       uuid        not null,
  parent_id       uuid        not null,
  name            text        not null,
  labels          text        not null,
  created_at      timestamptz not null,
  version         bigint      not null,
  primary key (organization_id, folder_id)
);
create unique index folder_name on cloud.folder (organization_id, parent_id, name);

create table cloud.cluster (
  organization_id    uuid        not null,
  cluster_id         uuid        not null,
  parent_id          uuid        not null,
  name               text        not null,
  cloud_provider     text        not null,
  cockroach_version  text        not null,
  creator_id         uuid        not null,
  spec               text        not null,
  labels             text        not null,
  delete_protection  boolean     not null,
  host               uuid        not null,
  wanted             text        not null,
  generation         bigint      not null,
  settled_generation bigint      not null,
  state              text        not null,
  active             boolean     not null,
  failure            text,
  sql_host           text,
  sql_port           int,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  deleted_at         timestamptz,
  version            bigint      not null,
  primary key (organization_id, cluster_id)
);
create unique index cluster_active_name on cloud.cluster (organization_id, name) where active;
create index cluster_name on cloud.cluster (organization_id, name, cluster_id);
create index cluster_parent
  on cloud.cluster (organization_id, parent_id, name, cluster_id) where active;
create index cluster_parent_created_at
  on cloud.cluster (organization_id, parent_id, created_at, cluster_id) where active;
create index cluster_created_at on cloud.cluster (organization_id, created_at, cluster_id);
create index cluster_id on cloud.cluster (cluster_id);
create index cluster_host on cloud.cluster (host) where active or settled_generation < generation;

create table cloud.service_account (
  organization_id    uuid        not null,
  service_account_id uuid        not null,
  name               text        not null,
  description        text        not null,
  creator_name       text        not null,
  created_at         timestamptz not null,
  version            bigint      not null,
  primary key (organization_id, service_account_id)
);
create index service_account_name
  on cloud.service_account (organization_id, name, service_account_id);

-- the secret itself is nowhere: hash is keyed by the installation's keyset
create table cloud.api_key (
  organization_id    uuid        not null,
  api_key_id         text        not null,
  service_account_id uuid        not null,
  name               text        not null,
  hash               text        not null,
  created_at         timestamptz not null,
  primary key (organization_id, api_key_id)
);
create unique index api_key_id on cloud.api_key (api_key_id);
create index api_key_created_at on cloud.api_key (organization_id, created_at, api_key_id);

create table cloud.role_grant (
  organization_id uuid        not null,
  principal_id    uuid        not null,
  role            text        not null,
  resource_type   text        not null,
  resource_id     uuid        not null,
  created_at      timestamptz not null,
  primary key (organization_id, principal_id, resource_type, resource_id, role)
);
create index role_grant_resource on cloud.role_grant (organization_id, resource_id);
