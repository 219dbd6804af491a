package io.gatehouse.server;

import io.gatehouse.platform.store.Session;
import io.gatehouse.platform.store.Tx;
import java.util.Optional;
import java.util.UUID;

/** A sealed word in the store, by which a server knows whether its keyset is the right one. */
final class KeysetProofStore {
  /** It belongs to the installation and so to no organization. */
  static final UUID OWNER = new UUID(0, 0);

  Optional<byte[]> find(Session session) {
    return session
        .handle()
        .createQuery("select sealed from platform.keyset_proof where organization_id = :owner")
        .bind("owner", OWNER)
        .mapTo(byte[].class)
        .findOne();
  }

  void insert(Tx tx, byte[] sealed) {
    tx.handle()
        .createUpdate(
            """
            insert into platform.keyset_proof (organization_id, sealed) values (:owner, :sealed)
            on conflict do nothing
            """)
        .bind("owner", OWNER)
        .bind("sealed", sealed)
        .execute();
  }
}
