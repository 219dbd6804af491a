package io.gatehouse.cloud.region;

import io.gatehouse.cloud.api.CloudApi;
import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.version.ApiVersion;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of regions. */
public final class RegionOperations {
  public record ListAvailableRegions(
      @Nullable CloudProvider provider,
      @Nullable Boolean serverless,
      @Nullable Pagination pagination) {}

  public record AvailableRegions(List<RegionView> regions, PaginationView pagination) {}

  public static final Operation<ListAvailableRegions, AvailableRegions> LIST =
      CloudApi.get(
              "/clusters/available-regions", ListAvailableRegions.class, AvailableRegions.class)
          .id("ListAvailableRegions", "Clusters")
          .allow(Permission.LIST_REGIONS, Target.anywhere())
          .since(ApiVersion.V2022_03_31.date())
          .summary("Lists the regions in which clusters can be created");

  public static final List<Operation<?, ?>> ALL = List.of(LIST);

  private RegionOperations() {}
}
