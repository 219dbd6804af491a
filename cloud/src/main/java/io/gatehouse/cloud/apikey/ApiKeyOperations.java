package io.gatehouse.cloud.apikey;

import io.gatehouse.cloud.api.CloudApi;
import io.gatehouse.cloud.api.DisplayName;
import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.version.ApiVersion;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Target;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of API keys. */
public final class ApiKeyOperations {
  private static final String TAG = "API Keys";

  public record ListApiKeys(@Nullable String serviceAccountId, @Nullable Pagination pagination) {}

  public record ApiKeyView(String id, String serviceAccountId, String name, Instant createdAt) {
    static ApiKeyView of(ApiKey key) {
      return new ApiKeyView(
          key.id(), key.serviceAccountId().toString(), key.name(), key.createdAt());
    }
  }

  public record ApiKeyList(List<ApiKeyView> apiKeys, PaginationView pagination) {}

  public record CreateApiKey(
      @NotBlank(message = DisplayName.NOT_BLANK_RULE)
          @Size(max = DisplayName.MAX, message = DisplayName.SIZE_RULE)
          String name,
      @NotNull UUID serviceAccountId) {}

  /** The only answer that ever holds the secret. */
  public record NewApiKey(ApiKeyView apiKey, String secret) {
    @Override
    public String toString() {
      return "NewApiKey[" + apiKey + ", ***]";
    }
  }

  public record GetApiKey(String id) {}

  public record UpdateApiKey(
      String id,
      @Nullable
          @Pattern(regexp = DisplayName.NOT_BLANK, message = DisplayName.NOT_BLANK_RULE)
          @Size(max = DisplayName.MAX, message = DisplayName.SIZE_RULE)
          String name) {}

  public record DeleteApiKey(String id) {}

  public static final Operation<ListApiKeys, ApiKeyList> LIST =
      CloudApi.get("/api-keys", ListApiKeys.class, ApiKeyList.class)
          .id("ListApiKeys", TAG)
          .allow(Permission.READ_API_KEYS, Target.organization())
          .since(ApiVersion.V2023_04_10.date())
          .summary("Lists API keys by creation time");

  public static final Operation<CreateApiKey, NewApiKey> CREATE =
      CloudApi.post("/api-keys", CreateApiKey.class, NewApiKey.class)
          .id("CreateApiKey", TAG)
          .allow(Permission.MANAGE_API_KEYS, Target.organization())
          .audit("AUDIT_LOG_ACTION_CREATE_API_KEY")
          .since(ApiVersion.V2023_04_10.date())
          .summary("Creates an API key and shows its secret once");

  public static final Operation<GetApiKey, ApiKeyView> GET =
      CloudApi.get("/api-keys/{id}", GetApiKey.class, ApiKeyView.class)
          .id("GetApiKey", TAG)
          .allow(Permission.READ_API_KEYS, Target.organization())
          .since(ApiVersion.V2023_04_10.date())
          .summary("Shows an API key, without its secret");

  public static final Operation<UpdateApiKey, ApiKeyView> UPDATE =
      CloudApi.patch("/api-keys/{id}", UpdateApiKey.class, ApiKeyView.class)
          .id("UpdateApiKey", TAG)
          .allow(Permission.MANAGE_API_KEYS, Target.organization())
          .audit("AUDIT_LOG_ACTION_UPDATE_API_KEY")
          .since(ApiVersion.V2023_04_10.date())
          .summary("Renames an API key");

  public static final Operation<DeleteApiKey, ApiKeyView> DELETE =
      CloudApi.delete("/api-keys/{id}", DeleteApiKey.class, ApiKeyView.class)
          .id("DeleteApiKey", TAG)
          .allow(Permission.MANAGE_API_KEYS, Target.organization())
          .audit("AUDIT_LOG_ACTION_DELETE_API_KEY")
          .revokes()
          .since(ApiVersion.V2023_04_10.date())
          .summary("Revokes an API key at once");

  public static final List<Operation<?, ?>> ALL = List.of(LIST, CREATE, GET, UPDATE, DELETE);

  private ApiKeyOperations() {}
}
