package io.gatehouse.cloud.folder;

import java.util.Map;
import java.util.UUID;

/** Something that stands in a folder. */
public record FolderEntry(Kind kind, UUID id, String name, Map<String, String> labels) {
  /** What stands there. */
  public enum Kind {
    FOLDER(0),
    CLUSTER(1);

    private final int rank;

    Kind(int rank) {
      this.rank = rank;
    }

    /** Folders are listed before clusters. */
    int rank() {
      return rank;
    }
  }
}
