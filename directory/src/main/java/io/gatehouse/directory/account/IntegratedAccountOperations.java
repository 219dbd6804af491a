package io.gatehouse.directory.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.directory.UnifiedApi;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Target;
import io.gatehouse.platform.secret.Secret;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of integrated accounts. */
public final class IntegratedAccountOperations {
  private static final String TAG = "Integrated Accounts";
  private static final String REQUIRED = "is required";
  private static final String SIZE_RULE = "must have at most 255 characters";

  public record CreateIntegratedAccount(
      @NotBlank(message = REQUIRED) String integration,
      @NotBlank(message = REQUIRED) @Size(max = 255, message = SIZE_RULE) String tenantId,
      @Nullable String authenticationMethod,
      @NotNull(message = REQUIRED) Map<String, @Nullable Secret> context) {}

  public record ListIntegratedAccounts(
      @Nullable String tenantId, @Nullable Integer limit, @Nullable String nextCursor) {}

  public record IntegratedAccountList(
      List<IntegratedAccountView> result,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor,
      int limit) {}

  public record GetIntegratedAccount(UUID id) {}

  public record DeleteIntegratedAccount(UUID id) {}

  public record DeletedIntegratedAccount(UUID id) {}

  public static final Operation<CreateIntegratedAccount, IntegratedAccountView> CREATE =
      UnifiedApi.post(
              "/integrated-account", CreateIntegratedAccount.class, IntegratedAccountView.class)
          .id("CreateIntegratedAccount", TAG)
          .allow(Permission.MANAGE_INTEGRATED_ACCOUNTS, Target.organization())
          .audit("AUDIT_LOG_ACTION_CREATE_INTEGRATED_ACCOUNT")
          .summary("Links an account of another system after testing its credentials");

  public static final Operation<ListIntegratedAccounts, IntegratedAccountList> LIST =
      UnifiedApi.get(
              "/integrated-account", ListIntegratedAccounts.class, IntegratedAccountList.class)
          .id("ListIntegratedAccounts", TAG)
          .allow(Permission.MANAGE_INTEGRATED_ACCOUNTS, Target.organization())
          .summary("Lists the linked accounts, the oldest first");

  public static final Operation<GetIntegratedAccount, IntegratedAccountView> GET =
      UnifiedApi.get(
              "/integrated-account/{id}", GetIntegratedAccount.class, IntegratedAccountView.class)
          .id("GetIntegratedAccount", TAG)
          .allow(Permission.MANAGE_INTEGRATED_ACCOUNTS, Target.organization())
          .summary("Shows a linked account without its secrets");

  public static final Operation<DeleteIntegratedAccount, DeletedIntegratedAccount> DELETE =
      UnifiedApi.delete(
              "/integrated-account/{id}",
              DeleteIntegratedAccount.class,
              DeletedIntegratedAccount.class)
          .id("DeleteIntegratedAccount", TAG)
          .allow(Permission.MANAGE_INTEGRATED_ACCOUNTS, Target.organization())
          .audit("AUDIT_LOG_ACTION_DELETE_INTEGRATED_ACCOUNT")
          .revokes()
          .summary("Unlinks an account and deletes its credentials");

  public static final List<Operation<?, ?>> ALL = List.of(CREATE, LIST, GET, DELETE);

  private IntegratedAccountOperations() {}
}
