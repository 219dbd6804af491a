package io.gatehouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.secret.DecryptionException;
import io.gatehouse.platform.secret.Keyset;
import io.gatehouse.platform.secret.KeysetFile;
import io.gatehouse.platform.store.Transactions;

/**
 * Checks at the start that store, keyset and clusters belong together: a server with the wrong
 * keyset could open nothing, and one with the wrong store would take its clusters for left-overs.
 */
final class KeysetVerification {
  private static final byte[] WORD = "gatehouse".getBytes(UTF_8);

  private final KeysetProofStore store = new KeysetProofStore();
  private final Transactions transactions;

  KeysetVerification(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Refuses a keyset that the store was not sealed with.
   *
   * @param inUse whether clusters or organizations exist that were made with another store or
   *     keyset
   */
  void check(Keyset keyset, KeysetFile file, boolean inUse) {
    if (transactions.read(store::find).isEmpty()) {
      seal(keyset, file, inUse);
    }
    open(keyset, file, transactions.read(store::find).orElseThrow());
  }

  /** Of two servers that start with a new store at the same time one is first. */
  private void seal(Keyset keyset, KeysetFile file, boolean inUse) {
    if (inUse) {
      throw new ConfigException(
          "this metadata store does not belong to the data directory of %s; nothing was changed"
              .formatted(file.path()));
    }
    transactions.write(
        tx -> {
          store.insert(tx, keyset.seal(WORD, KeysetProofStore.OWNER));
          return tx;
        });
  }

  private static void open(Keyset keyset, KeysetFile file, byte[] sealed) {
    try {
      keyset.open(sealed, KeysetProofStore.OWNER);
    } catch (DecryptionException e) {
      throw wrong(file);
    }
  }

  static ConfigException wrong(KeysetFile file) {
    return new ConfigException(
        "keyset %s is not the one that this metadata store was sealed with; put the right one there"
            .formatted(file.path()));
  }
}
