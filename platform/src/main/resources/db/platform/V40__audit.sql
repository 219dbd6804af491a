-- Events whose outcome is not known yet: no reader goes past them.
create index audit_event_open on platform.audit_event (created_at, organization_id)
  where outcome = 'STARTED';

-- Refused calls of the minutes that are not over, or not in the audit log yet. caller is the id of the
-- principal, or the address of nobody known.
create table platform.refused_call (
  organization_id uuid        not null,
  minute          timestamptz not null,
  caller          text        not null,
  action          text        not null,
  operation       text        not null,
  principal_id    uuid,
  principal_name  text        not null,
  ip_address      text        not null,
  trace_id        text        not null,
  path            text        not null,
  error           text        not null,
  calls           bigint      not null,
  primary key (organization_id, minute, caller, action, operation)
);
