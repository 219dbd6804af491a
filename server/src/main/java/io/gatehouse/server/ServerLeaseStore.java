package io.gatehouse.server;

import io.gatehouse.platform.store.Tx;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The rows of server leases; they belong to the installation and so to no organization. */
final class ServerLeaseStore {
  /** A lease as it stands in the store; the time is the database's. */
  record Held(ServerLease.Holder holder, Instant renewedAt) {}

  Optional<Held> find(Tx tx, UUID serverId) {
    return tx.handle()
        .createQuery(
            """
            select incarnation, place, host, renewed_at from platform.server_lease
            where server_id = :serverId
            """)
        .bind("serverId", serverId)
        .map(
            (row, context) ->
                new Held(
                    new ServerLease.Holder(
                        serverId,
                        row.getObject("incarnation", UUID.class),
                        row.getString("place"),
                        row.getString("host")),
                    row.getObject("renewed_at", OffsetDateTime.class).toInstant()))
        .findOne();
  }

  /** Gives the lease to this holder, whoever had it. */
  void put(Tx tx, ServerLease.Holder holder) {
    tx.handle()
        .createUpdate(
            """
            insert into platform.server_lease (server_id, incarnation, place, host, renewed_at)
            values (:serverId, :incarnation, :place, :host, :now)
            on conflict (server_id) do update set
              incarnation = excluded.incarnation, place = excluded.place, host = excluded.host,
              renewed_at = excluded.renewed_at
            """)
        .bind("serverId", holder.serverId())
        .bind("incarnation", holder.incarnation())
        .bind("place", holder.place())
        .bind("host", holder.host())
        .bind("now", tx.now().atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** Whether this holder has it still. */
  boolean renew(Tx tx, ServerLease.Holder holder) {
    return tx.handle()
            .createUpdate(
                """
                update platform.server_lease set renewed_at = :now
                where server_id = :serverId and incarnation = :incarnation
                """)
            .bind("serverId", holder.serverId())
            .bind("incarnation", holder.incarnation())
            .bind("now", tx.now().atOffset(ZoneOffset.UTC))
            .execute()
        == 1;
  }

  void remove(Tx tx, ServerLease.Holder holder) {
    tx.handle()
        .createUpdate(
            """
            delete from platform.server_lease
            where server_id = :serverId and incarnation = :incarnation
            """)
        .bind("serverId", holder.serverId())
        .bind("incarnation", holder.incarnation())
        .execute();
  }
}
