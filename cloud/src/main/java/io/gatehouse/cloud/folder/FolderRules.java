package io.gatehouse.cloud.folder;

import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import java.util.UUID;
import java.util.regex.Pattern;

/** The rules of the tree. */
final class FolderRules {
  /** Levels of folders; with the organization itself that makes four. */
  private static final int MAX_LEVELS = 3;

  private static final int MAX_FOLDERS = 65;
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} '_-]{1,38}[\\p{L}\\p{N}]");

  private FolderRules() {}

  static String checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw GatehouseException.invalid(
          "name",
          "must have 3 to 40 letters, digits, spaces, hyphens, apostrophes and underscores, and"
              + " begin and end with a letter or digit");
    }
    return name;
  }

  static void checkRoomForOne(FolderTree tree) {
    if (tree.folders().size() >= MAX_FOLDERS) {
      throw ErrorCode.FAILED_PRECONDITION.with(
          "rule", "an organization has at most " + MAX_FOLDERS + " folders");
    }
  }

  /** Whether so many levels of folders may stand in this parent. */
  static void checkDepth(FolderTree tree, UUID parentId, int levels) {
    if (tree.lineage(parentId).size() + levels > MAX_LEVELS) {
      throw GatehouseException.invalid(
          "parent_id", "folders are nested at most four levels deep, the organization included");
    }
  }

  static void checkNotIntoItself(FolderTree tree, UUID id, UUID newParentId) {
    if (tree.lineage(newParentId).stream().anyMatch(folder -> folder.id().equals(id))) {
      throw GatehouseException.invalid(
          "parent_id", "a folder cannot be moved into itself or into a folder in it");
    }
  }
}
