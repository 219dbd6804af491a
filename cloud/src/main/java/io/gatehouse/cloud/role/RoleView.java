package io.gatehouse.cloud.role;

import io.gatehouse.platform.access.Grant;
import io.gatehouse.platform.access.ResourceType;
import io.gatehouse.platform.access.Role;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A role on a resource, as the API writes and reads it. */
public record RoleView(@NotNull Role name, @NotNull @Valid ResourceView resource) {

  /** What it is held on; the organization goes without an id, though it may be written with it. */
  public record ResourceView(@Nullable String id, @NotNull ResourceType type) {}

  static RoleView of(Grant grant) {
    ResourceType type = grant.scope().type();
    String id = type == ResourceType.ORGANIZATION ? null : grant.scope().id().toString();
    return new RoleView(grant.role(), new ResourceView(id, type));
  }

  public static List<RoleView> of(List<Grant> grants) {
    return grants.stream().map(RoleView::of).toList();
  }
}
