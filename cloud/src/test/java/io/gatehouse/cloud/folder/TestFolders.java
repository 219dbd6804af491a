package io.gatehouse.cloud.folder;

import io.gatehouse.cloud.TestStore;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import java.util.Map;
import java.util.UUID;

/** Makes and moves folders of an organization, as a server does. */
public final class TestFolders {
  private final FolderStore store = new FolderStore();
  private final Ids ids = Ids.timeOrdered();
  private final Tenant tenant;
  private final Transactions transactions;

  public TestFolders(Tenant tenant) {
    this(tenant, TestStore.transactions());
  }

  /** Works through the transactions of one server. */
  public TestFolders(Tenant tenant, Transactions transactions) {
    this.tenant = tenant;
    this.transactions = transactions;
  }

  /** The id of a new folder in a parent. */
  public UUID add(String name, UUID parentId) {
    return transactions.write(
        tx -> {
          Folder folder = new Folder(ids.next(), parentId, name, Map.of(), tx.now(), 1);
          store.insert(tenant, tx, folder);
          return folder.id();
        });
  }

  /** Moves a folder with all that is in it. */
  public void move(UUID id, UUID parentId) {
    boolean moved =
        transactions.write(
            tx -> {
              Folder now = store.tree(tenant, tx).find(id).orElseThrow();
              return store.update(
                  tenant,
                  tx,
                  new Folder(
                      id, parentId, now.name(), now.labels(), now.createdAt(), now.version()));
            });
    if (!moved) {
      throw new AssertionError("someone else changes the folders of " + tenant);
    }
  }
}
