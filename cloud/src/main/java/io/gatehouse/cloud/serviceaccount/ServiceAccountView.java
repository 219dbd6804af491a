package io.gatehouse.cloud.serviceaccount;

import io.gatehouse.cloud.role.RoleView;
import io.gatehouse.platform.access.Grant;
import java.time.Instant;
import java.util.List;

/** A service account as the API shows it; nobody holds a role through a group yet. */
public record ServiceAccountView(
    String id,
    String name,
    String description,
    String creatorName,
    Instant createdAt,
    List<RoleView> roles,
    List<RoleView> groupRoles) {
  static ServiceAccountView of(ServiceAccount account, List<Grant> grants) {
    return new ServiceAccountView(
        account.id().toString(),
        account.name(),
        account.description(),
        account.creatorName(),
        account.createdAt(),
        RoleView.of(grants),
        List.of());
  }
}
