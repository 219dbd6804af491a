package io.gatehouse.directory.unified;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.directory.UnifiedApi;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Target;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of unified resources. */
public final class UnifiedOperations {
  private static final String TAG = "Unified User Directory";

  /**
   * Without {@code remote_data} the records are those of the unified shape alone.
   *
   * @param trutoResponseFormat may name the only format that there is
   */
  public record ListUsers(
      @NotNull(message = "is required") UUID integratedAccountId,
      @Nullable Integer limit,
      @Nullable String nextCursor,
      @Nullable String userType,
      @Nullable Boolean trutoIgnoreRemoteData,
      @Pattern(regexp = "unified", message = "must be unified; there is no other format")
          @Nullable String trutoResponseFormat) {}

  /** A page of users; partial when something could not be read at the moment. */
  public record UserList(
      List<User> result,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String prevCursor,
      int resultCount,
      boolean isPartialResponse) {}

  public static final Operation<ListUsers, UserList> LIST_USERS =
      UnifiedApi.get("/unified/user-directory/users", ListUsers.class, UserList.class)
          .id("ListUnifiedUsers", TAG)
          .allow(Permission.READ_DIRECTORY, Target.organization())
          .summary("Lists the users of a linked account in the unified shape");

  public static final List<Operation<?, ?>> ALL = List.of(LIST_USERS);

  private UnifiedOperations() {}
}
