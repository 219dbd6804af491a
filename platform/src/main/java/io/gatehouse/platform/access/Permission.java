package io.gatehouse.platform.access;

import static io.gatehouse.platform.access.ResourceType.CLUSTER;
import static io.gatehouse.platform.access.ResourceType.FOLDER;
import static io.gatehouse.platform.access.ResourceType.ORGANIZATION;
import static io.gatehouse.platform.access.Role.CLUSTER_ADMIN;
import static io.gatehouse.platform.access.Role.CLUSTER_CREATOR;
import static io.gatehouse.platform.access.Role.CLUSTER_DEVELOPER;
import static io.gatehouse.platform.access.Role.CLUSTER_MONITOR;
import static io.gatehouse.platform.access.Role.CLUSTER_OPERATOR_WRITER;
import static io.gatehouse.platform.access.Role.FOLDER_ADMIN;
import static io.gatehouse.platform.access.Role.FOLDER_MOVER;
import static io.gatehouse.platform.access.Role.METRICS_VIEWER;
import static io.gatehouse.platform.access.Role.ORG_ADMIN;

import java.util.EnumSet;
import java.util.Set;

/**
 * The whole table of who may do what. A row names the narrowest kind of resource on which a grant
 * counts (one on anything above counts too) and the roles. A role stands in a row when the public
 * pages or the newest document of the Cloud API name it for an operation of that row; ORG_ADMIN may
 * do everything and is not repeated.
 */
public enum Permission {
  READ_ORGANIZATION(ORGANIZATION, anyone()),
  READ_AUDIT_LOG(ORGANIZATION, CLUSTER_ADMIN),

  LIST_REGIONS(CLUSTER, anyone()),
  CREATE_CLUSTER(FOLDER, CLUSTER_ADMIN, CLUSTER_CREATOR),
  READ_CLUSTER(
      CLUSTER,
      CLUSTER_ADMIN,
      CLUSTER_OPERATOR_WRITER,
      CLUSTER_DEVELOPER,
      FOLDER_ADMIN,
      FOLDER_MOVER,
      METRICS_VIEWER,
      CLUSTER_MONITOR),
  UPDATE_CLUSTER(CLUSTER, CLUSTER_ADMIN, CLUSTER_OPERATOR_WRITER, CLUSTER_DEVELOPER),
  DELETE_CLUSTER(CLUSTER, CLUSTER_ADMIN, CLUSTER_CREATOR),
  LIST_NODES(CLUSTER, CLUSTER_ADMIN, CLUSTER_OPERATOR_WRITER, CLUSTER_DEVELOPER),

  LIST_SQL_USERS(CLUSTER, CLUSTER_ADMIN, CLUSTER_OPERATOR_WRITER, CLUSTER_DEVELOPER),
  MANAGE_SQL_USERS(CLUSTER, CLUSTER_ADMIN, CLUSTER_CREATOR),
  LIST_DATABASES(CLUSTER, CLUSTER_ADMIN, CLUSTER_OPERATOR_WRITER, CLUSTER_DEVELOPER),
  MANAGE_DATABASES(CLUSTER, CLUSTER_ADMIN, CLUSTER_OPERATOR_WRITER),

  READ_FOLDER(
      FOLDER,
      CLUSTER_ADMIN,
      CLUSTER_OPERATOR_WRITER,
      CLUSTER_DEVELOPER,
      CLUSTER_CREATOR,
      FOLDER_ADMIN,
      FOLDER_MOVER,
      METRICS_VIEWER,
      CLUSTER_MONITOR),
  READ_FOLDER_CONTENTS(
      CLUSTER,
      CLUSTER_ADMIN,
      CLUSTER_OPERATOR_WRITER,
      CLUSTER_DEVELOPER,
      FOLDER_ADMIN,
      FOLDER_MOVER,
      METRICS_VIEWER,
      CLUSTER_MONITOR),
  CREATE_FOLDER(FOLDER, FOLDER_ADMIN),
  UPDATE_FOLDER(FOLDER, FOLDER_ADMIN, FOLDER_MOVER),
  DELETE_FOLDER(FOLDER, FOLDER_ADMIN),
  /** Needed on what moves and on where it moves to, beside the right to change what moves. */
  MOVE(CLUSTER, FOLDER_ADMIN, FOLDER_MOVER, CLUSTER_ADMIN),

  READ_ROLE_GRANTS(ORGANIZATION, CLUSTER_ADMIN, FOLDER_ADMIN),
  /** Lets the caller in; which roles on which scopes is decided by {@link RoleAssignment}. */
  ASSIGN_ROLES(CLUSTER, CLUSTER_ADMIN, FOLDER_ADMIN),
  READ_SERVICE_ACCOUNTS(ORGANIZATION, CLUSTER_ADMIN),
  CREATE_SERVICE_ACCOUNT(ORGANIZATION, CLUSTER_ADMIN),
  MANAGE_SERVICE_ACCOUNTS(ORGANIZATION),
  READ_API_KEYS(ORGANIZATION, CLUSTER_ADMIN),
  MANAGE_API_KEYS(ORGANIZATION),

  MANAGE_INTEGRATED_ACCOUNTS(ORGANIZATION),
  READ_DIRECTORY(ORGANIZATION);

  private final ResourceType narrowest;
  private final Set<Role> roles;

  Permission(ResourceType narrowest, Role... roles) {
    this.narrowest = narrowest;
    EnumSet<Role> all = EnumSet.of(ORG_ADMIN);
    all.addAll(Set.of(roles));
    this.roles = all;
  }

  private static Role[] anyone() {
    return Role.values();
  }

  /** The narrowest kind of resource on which a grant of one of the roles counts. */
  public ResourceType narrowest() {
    return narrowest;
  }

  /** Whether a role gives this permission. */
  public boolean isGivenBy(Role role) {
    return roles.contains(role);
  }
}
