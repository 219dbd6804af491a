package io.gatehouse.platform.store;

/** What a cache may hold, cut so that a frequent change does not empty the caches of rare ones. */
public enum Area {
  /** Keys, accounts, grants, and where folders and clusters stand in the tree. */
  ACCESS,
  /** What resources look like. */
  RESOURCES
}
