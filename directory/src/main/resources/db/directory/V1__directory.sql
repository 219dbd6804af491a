-- context and credentials are encrypted, each by itself, for account_id and nothing else
create table directory.integrated_account (
  organization_id       uuid        not null,
  account_id            uuid        not null,
  integration           text        not null,
  tenant_id             text        not null,
  authentication_method text        not null,
  context               bytea       not null,
  credentials           bytea       not null,
  status                text        not null,
  last_error            text,
  created_at            timestamptz not null,
  updated_at            timestamptz not null,
  primary key (organization_id, account_id)
);
create index integrated_account_tenant
  on directory.integrated_account (organization_id, tenant_id, account_id);
