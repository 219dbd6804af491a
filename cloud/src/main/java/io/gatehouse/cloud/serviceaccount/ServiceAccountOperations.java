package io.gatehouse.cloud.serviceaccount;

import io.gatehouse.cloud.api.CloudApi;
import io.gatehouse.cloud.api.DisplayName;
import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.role.RoleView;
import io.gatehouse.cloud.version.ApiVersion;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Target;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of service accounts. */
public final class ServiceAccountOperations {
  private static final String TAG = "Service Accounts";
  private static final String DESCRIPTION_RULE = "must have at most 1000 characters";

  public record ListServiceAccounts(@Nullable Pagination pagination) {}

  public record ServiceAccountList(
      List<ServiceAccountView> serviceAccounts, PaginationView pagination) {}

  public record CreateServiceAccount(
      @NotBlank(message = DisplayName.NOT_BLANK_RULE)
          @Size(max = DisplayName.MAX, message = DisplayName.SIZE_RULE)
          String name,
      @Nullable @Size(max = 1000, message = DESCRIPTION_RULE) String description,
      @Nullable List<@NotNull @Valid RoleView> roles) {}

  public record GetServiceAccount(UUID id) {}

  public record UpdateServiceAccount(
      UUID id,
      @Nullable
          @Pattern(regexp = DisplayName.NOT_BLANK, message = DisplayName.NOT_BLANK_RULE)
          @Size(max = DisplayName.MAX, message = DisplayName.SIZE_RULE)
          String name,
      @Nullable @Size(max = 1000, message = DESCRIPTION_RULE) String description) {}

  public record DeleteServiceAccount(UUID id) {}

  public static final Operation<ListServiceAccounts, ServiceAccountList> LIST =
      CloudApi.get("/service-accounts", ListServiceAccounts.class, ServiceAccountList.class)
          .id("ListServiceAccounts", TAG)
          .allow(Permission.READ_SERVICE_ACCOUNTS, Target.organization())
          .since(ApiVersion.V2023_04_10.date())
          .summary("Lists service accounts by name");

  public static final Operation<CreateServiceAccount, ServiceAccountView> CREATE =
      CloudApi.post("/service-accounts", CreateServiceAccount.class, ServiceAccountView.class)
          .id("CreateServiceAccount", TAG)
          .allow(Permission.CREATE_SERVICE_ACCOUNT, Target.organization())
          .audit("AUDIT_LOG_ACTION_CREATE_SERVICE_ACCOUNT")
          .since(ApiVersion.V2023_04_10.date())
          .summary("Creates a service account with roles");

  public static final Operation<GetServiceAccount, ServiceAccountView> GET =
      CloudApi.get("/service-accounts/{id}", GetServiceAccount.class, ServiceAccountView.class)
          .id("GetServiceAccount", TAG)
          .allow(Permission.READ_SERVICE_ACCOUNTS, Target.organization())
          .since(ApiVersion.V2023_04_10.date())
          .summary("Shows a service account");

  public static final Operation<UpdateServiceAccount, ServiceAccountView> UPDATE =
      CloudApi.patch("/service-accounts/{id}", UpdateServiceAccount.class, ServiceAccountView.class)
          .id("UpdateServiceAccount", TAG)
          .allow(Permission.MANAGE_SERVICE_ACCOUNTS, Target.organization())
          .audit("AUDIT_LOG_ACTION_UPDATE_SERVICE_ACCOUNT")
          .since(ApiVersion.V2023_04_10.date())
          .summary("Updates the name or description of a service account");

  public static final Operation<DeleteServiceAccount, ServiceAccountView> DELETE =
      CloudApi.delete(
              "/service-accounts/{id}", DeleteServiceAccount.class, ServiceAccountView.class)
          .id("DeleteServiceAccount", TAG)
          .allow(Permission.MANAGE_SERVICE_ACCOUNTS, Target.organization())
          .audit("AUDIT_LOG_ACTION_DELETE_SERVICE_ACCOUNT")
          .revokes()
          .since(ApiVersion.V2023_04_10.date())
          .summary("Deletes a service account with its keys and roles");

  public static final List<Operation<?, ?>> ALL = List.of(LIST, CREATE, GET, UPDATE, DELETE);

  private ServiceAccountOperations() {}
}
