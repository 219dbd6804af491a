package io.gatehouse.cloud.folder;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.ids.Uuids;
import io.gatehouse.platform.store.Tenant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the API names parents: by a folder's id, or by nothing or {@code root} for the root. */
public final class Parents {
  public static final String ROOT = "root";

  /** An id that no folder has, for a parent that is not even an id. */
  private static final UUID NO_SUCH_FOLDER = new UUID(0, 0);

  private Parents() {}

  /** The folder that is named; empty for the root. */
  public static Optional<UUID> folder(@Nullable String parentId) {
    if (parentId == null || parentId.isEmpty() || parentId.equals(ROOT)) {
      return Optional.empty();
    }
    return Uuids.parse(parentId).or(() -> Optional.of(NO_SUCH_FOLDER));
  }

  /** The parent as it is stored, once it is known to exist. */
  public static UUID require(FolderTree tree, @Nullable String parentId) {
    return folder(parentId)
        .map(id -> tree.find(id).orElseThrow(Parents::noSuchParent).id())
        .orElse(tree.tenant().organization());
  }

  /** How a stored parent is shown. */
  public static String shown(Tenant tenant, UUID parentId) {
    return parentId.equals(tenant.organization()) ? ROOT : parentId.toString();
  }

  private static GatehouseException noSuchParent() {
    return ErrorCode.INVALID_ARGUMENT.with("rule", "the parent must exist");
  }
}
