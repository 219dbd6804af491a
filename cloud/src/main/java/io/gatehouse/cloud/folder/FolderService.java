package io.gatehouse.cloud.folder;

import io.gatehouse.cloud.api.Labels;
import io.gatehouse.cloud.folder.FolderOperations.CreateFolder;
import io.gatehouse.cloud.folder.FolderOperations.UpdateFolder;
import io.gatehouse.cloud.role.RoleStore;
import io.gatehouse.platform.access.Access;
import io.gatehouse.platform.access.Moving;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.access.ResourcePath;
import io.gatehouse.platform.access.Scope;
import io.gatehouse.platform.access.Visibility;
import io.gatehouse.platform.audit.AuditLog;
import io.gatehouse.platform.audit.AuditTarget;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.ids.Ids;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.paging.Page;
import io.gatehouse.platform.paging.PageRequest;
import io.gatehouse.platform.paging.Pages;
import io.gatehouse.platform.store.Tenant;
import io.gatehouse.platform.store.Transactions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The use cases of folders. */
public final class FolderService {
  private final FolderStore store;
  private final RoleStore roles;
  private final Transactions transactions;
  private final AuditLog audit;
  private final Ids ids;

  public FolderService(
      FolderStore store, RoleStore roles, Transactions transactions, AuditLog audit, Ids ids) {
    this.store = store;
    this.roles = roles;
    this.transactions = transactions;
    this.audit = audit;
    this.ids = ids;
  }

  public Page<FolderView> list(Call call, @Nullable String path, PageRequest request) {
    FolderTree tree = tree(call.tenant());
    Set<UUID> among = visible(tree, call.visible(Permission.READ_FOLDER));
    if (path != null) {
      among.retainAll(tree.at(path).map(folder -> Set.of(folder.id())).orElse(Set.of()));
    }
    return Pages.page(
            request,
            FolderStore.BY_NAME,
            (Folder folder) -> List.of(folder.name(), folder.id().toString()),
            window ->
                transactions.read(session -> store.list(call.tenant(), session, among, window)))
        .map(folder -> FolderView.of(tree, folder));
  }

  public FolderView get(Tenant tenant, UUID id) {
    FolderTree tree = tree(tenant);
    return FolderView.of(tree, require(tree, id));
  }

  public FolderView create(Call call, CreateFolder wanted) {
    FolderRules.checkName(wanted.name());
    var labels = Labels.check(wanted.labels());
    return transactions.writeUnique(
        () -> taken(wanted.name()),
        tx -> {
          FolderTree tree = store.tree(call.tenant(), tx);
          UUID parentId = Parents.require(tree, wanted.parentId());
          FolderRules.checkRoomForOne(tree);
          FolderRules.checkDepth(tree, parentId, 1);
          Folder folder = new Folder(ids.next(), parentId, wanted.name(), labels, tx.now(), 1);
          store.insert(call.tenant(), tx, folder);
          audit.record(tx, call, subject(folder));
          return FolderView.of(tree, folder);
        });
  }

  public FolderView update(Call call, UpdateFolder wanted) {
    return transactions.writeUnique(
        () -> taken(nameAfter(call, wanted)),
        tx -> {
          FolderTree tree = store.tree(call.tenant(), tx);
          Folder now = require(tree, wanted.folderId());
          Folder next = changed(call, tree, now, wanted);
          if (!store.update(call.tenant(), tx, next)) {
            throw ErrorCode.CONFLICT.with("resource", "the folder");
          }
          audit.record(tx, call, subject(next));
          return FolderView.of(store.tree(call.tenant(), tx), next);
        });
  }

  private String nameAfter(Call call, UpdateFolder wanted) {
    String name = wanted.name();
    return name == null ? get(call.tenant(), wanted.folderId()).name() : name;
  }

  private Folder changed(Call call, FolderTree tree, Folder now, UpdateFolder wanted) {
    UUID parentId =
        wanted.parentId() == null
            ? now.parentId()
            : requireMayMove(call, tree, tree.path(now.id()), now.parentId(), wanted.parentId());
    if (!parentId.equals(now.parentId())) {
      FolderRules.checkNotIntoItself(tree, now.id(), parentId);
      FolderRules.checkDepth(tree, parentId, tree.height(now.id()));
    }
    return new Folder(
        now.id(),
        parentId,
        wanted.name() == null ? now.name() : FolderRules.checkName(wanted.name()),
        wanted.labels() == null ? now.labels() : Labels.check(wanted.labels()),
        now.createdAt(),
        now.version());
  }

  /**
   * The place that something is to move to. Who moves it needs the right to at both places, and
   * must not gain anything by it. A caller who may not is refused before it is said whether there
   * is such a place.
   *
   * @param path the way up from what moves
   */
  public static UUID requireMayMove(
      Call call, FolderTree tree, ResourcePath path, UUID from, String wanted) {
    UUID to = Parents.folder(wanted).orElse(call.tenant().organization());
    if (!to.equals(from) && !mayMove(call, path, tree.path(to))) {
      throw ErrorCode.PERMISSION_DENIED.with();
    }
    return Parents.require(tree, wanted);
  }

  private static boolean mayMove(Call call, ResourcePath path, ResourcePath newParent) {
    return mayMove(call, path)
        && mayMove(call, newParent)
        && !Moving.gains(call.principal(), path, newParent.below(path.scopes().getFirst()));
  }

  private static boolean mayMove(Call call, ResourcePath path) {
    return Access.decide(call.principal(), Permission.MOVE, path).allowed();
  }

  public void delete(Call call, UUID id) {
    transactions.write(
        tx -> {
          FolderTree tree = store.tree(call.tenant(), tx);
          Folder folder = require(tree, id);
          if (tree.hasChildren(id) || store.hasClusters(call.tenant(), tx, id)) {
            throw ErrorCode.FAILED_PRECONDITION.with("rule", "the folder is not empty");
          }
          store.delete(call.tenant(), tx, id);
          roles.removeOn(call.tenant(), tx, Scope.folder(id));
          audit.record(tx, call, subject(folder));
          return id;
        });
  }

  public Page<FolderView> contents(Call call, String folderId, PageRequest request) {
    FolderTree tree = tree(call.tenant());
    Visibility visibility = call.visible(Permission.READ_FOLDER_CONTENTS);
    Optional<UUID> named = Parents.folder(folderId);
    named.ifPresent(id -> requireMayLookInto(call.tenant(), tree, id, visibility));
    UUID parentId = named.map(id -> require(tree, id).id()).orElse(call.tenant().organization());
    FolderStore.Shown shown = shown(tree, parentId, visibility);
    return Pages.page(
            request,
            FolderStore.BY_KIND_AND_NAME,
            FolderService::key,
            window ->
                transactions.read(
                    session -> store.contents(call.tenant(), session, parentId, shown, window)))
        .map(entry -> FolderView.of(tree, parentId, entry));
  }

  /** Who may see the folder, or a cluster in it; everyone else learns nothing of either. */
  private void requireMayLookInto(Tenant tenant, FolderTree tree, UUID id, Visibility visibility) {
    boolean may =
        switch (visibility) {
          case Visibility.Everything everything -> true;
          case Visibility.Within within ->
              visible(tree, within).contains(id)
                  || transactions.read(
                      session -> store.standsIn(tenant, session, id, within.clusters()));
        };
    if (!may) {
      throw ErrorCode.PERMISSION_DENIED.with();
    }
  }

  private static List<String> key(FolderEntry entry) {
    return List.of(Integer.toString(entry.kind().rank()), entry.name(), entry.id().toString());
  }

  private static FolderStore.Shown shown(FolderTree tree, UUID parentId, Visibility visibility) {
    Set<UUID> folders = visible(tree, visibility);
    return switch (visibility) {
      case Visibility.Everything everything -> new FolderStore.Shown(folders, true, Set.of());
      case Visibility.Within within ->
          new FolderStore.Shown(folders, folders.contains(parentId), within.clusters());
    };
  }

  /** The folders that may be seen. */
  static Set<UUID> visible(FolderTree tree, Visibility visibility) {
    return switch (visibility) {
      case Visibility.Everything everything -> new HashSet<>(tree.folders().keySet());
      case Visibility.Within within -> tree.withDescendants(within.folders());
    };
  }

  private FolderTree tree(Tenant tenant) {
    return transactions.read(session -> store.tree(tenant, session));
  }

  private static Folder require(FolderTree tree, UUID id) {
    return tree.find(id).orElseThrow(() -> GatehouseException.notFound("folder"));
  }

  private static AuditTarget subject(Folder folder) {
    return AuditTarget.none().and("folder_id", folder.id()).and("name", folder.name());
  }

  private static GatehouseException taken(String name) {
    return ErrorCode.ALREADY_EXISTS.with("resource", "folder", "name", name);
  }
}
