package io.gatehouse.directory.proxy;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.directory.UnifiedApi;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Target;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of an upstream as it is. */
public final class ProxyOperations {
  private static final String TAG = "Proxy";

  /**
   * Whatever else the query has is for the upstream: for its path, or for its own query. Only what
   * begins with {@code truto_} is not, the name that gathers the others included.
   */
  public record ListProxied(
      String resource,
      @NotNull(message = "is required") UUID integratedAccountId,
      @Nullable Integer limit,
      @Nullable String nextCursor,
      @JsonAnySetter @Nullable Map<String, JsonNode> trutoOthers) {}

  public record ProxiedList(
      List<JsonNode> result,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String prevCursor,
      int resultCount,
      boolean isPartialResponse) {}

  public static final Operation<ListProxied, ProxiedList> LIST =
      UnifiedApi.get("/proxy/{resource}", ListProxied.class, ProxiedList.class)
          .id("ListProxied", TAG)
          .allow(Permission.READ_DIRECTORY, Target.organization())
          .summary("Lists a resource of a linked account as its own API returns it");

  public static final List<Operation<?, ?>> ALL = List.of(LIST);

  private ProxyOperations() {}
}
