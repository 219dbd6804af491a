-- Wake-ups of the sweeps over the access to clusters, in the form that db-scheduler asks for.
create table platform.wake_sql_access (
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
create index wake_sql_access_execution_time
  on platform.wake_sql_access (execution_time);
create index wake_sql_access_last_heartbeat
  on platform.wake_sql_access (last_heartbeat);
