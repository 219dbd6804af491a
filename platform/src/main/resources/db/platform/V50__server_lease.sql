-- Which process works under the id of a server, so that a copy of its data directory is noticed.
create table platform.server_lease (
  server_id   uuid        not null primary key,
  incarnation uuid        not null,
  place       text        not null,
  host        text        not null,
  renewed_at  timestamptz not null
);
