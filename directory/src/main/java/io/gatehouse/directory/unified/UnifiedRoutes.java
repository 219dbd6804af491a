package io.gatehouse.directory.unified;

import io.gatehouse.directory.ListLimit;
import io.gatehouse.directory.unified.UnifiedOperations.ListUsers;
import io.gatehouse.directory.unified.UnifiedOperations.UserList;
import io.gatehouse.directory.unified.UnifiedService.UnifiedPage;
import io.gatehouse.directory.unified.UnifiedService.UnifiedQuery;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import java.util.List;
import java.util.Optional;

/** Carries out the operations of unified resources. */
public final class UnifiedRoutes {
  private final UnifiedService service;

  public UnifiedRoutes(UnifiedService service) {
    this.service = service;
  }

  public List<Route<?, ?>> routes() {
    return List.of(Route.of(UnifiedOperations.LIST_USERS, this::listUsers));
  }

  private UserList listUsers(Call call, ListUsers input) {
    UnifiedQuery wanted =
        new UnifiedQuery(
            "user-directory/users",
            input.integratedAccountId(),
            Optional.ofNullable(input.userType()),
            Boolean.TRUE.equals(input.trutoIgnoreRemoteData()),
            ListLimit.ofData(input.limit()),
            Optional.ofNullable(input.nextCursor()));
    UnifiedPage<User> page = service.list(call.tenant(), wanted, User.class);
    return new UserList(
        page.items(), page.nextCursor().orElse(null), null, page.items().size(), page.isPartial());
  }
}
