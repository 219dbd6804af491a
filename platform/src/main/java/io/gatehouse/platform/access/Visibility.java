package io.gatehouse.platform.access;

import java.util.Set;
import java.util.UUID;

/**
 * What a list may show: everything of the organization, or what is in these folders and clusters.
 */
public sealed interface Visibility {
  record Everything() implements Visibility {}

  /**
   * @param folders folders with all that is below them
   * @param clusters single clusters
   */
  record Within(Set<UUID> folders, Set<UUID> clusters) implements Visibility {}
}
