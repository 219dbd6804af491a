-- Counters that every change moves, so that caches know when to forget.
create table platform.epoch (
  organization_id uuid        not null,
  area            text        not null,
  epoch           bigint      not null,
  moved_at        timestamptz not null,
  primary key (organization_id, area)
);
create index epoch_moved_at on platform.epoch (moved_at);

create table platform.audit_event (
  organization_id uuid        not null,
  event_id        uuid        not null,
  created_at      timestamptz not null,
  action          text        not null,
  actor_id        uuid,
  actor_name      text        not null,
  ip_address      text        not null,
  trace_id        text        not null,
  cluster_id      uuid,
  cluster_name    text,
  payload         text        not null,
  error           text,
  outcome         text        not null,
  primary key (organization_id, event_id)
);
create index audit_event_created_at on platform.audit_event (organization_id, created_at, event_id);

-- The time of the last event. Who writes one moves it, and so waits for who moved it before.
create table platform.audit_clock (
  organization_id uuid        not null primary key,
  last_at         timestamptz not null
);

-- Proves that the keyset of a server is the one that this store was sealed with.
create table platform.keyset_proof (
  organization_id uuid  not null primary key,
  sealed          bytea not null
);

-- Wake-ups of the cluster reconciler, in the form that db-scheduler asks for.
create table platform.wake_cluster (
  task_name            text        not null,
  task_instance        text        not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean     not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures int,
  last_heartbeat       timestamptz,
  version              bigint      not null,
  priority             smallint,
  primary key (task_name, task_instance)
);
create index wake_cluster_execution_time on platform.wake_cluster (execution_time);
create index wake_cluster_last_heartbeat on platform.wake_cluster (last_heartbeat);
