package io.gatehouse.cloud.region;

import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.region.RegionOperations.AvailableRegions;
import io.gatehouse.cloud.region.RegionOperations.ListAvailableRegions;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import io.gatehouse.platform.paging.Pages;
import io.gatehouse.platform.paging.SortKey;
import java.util.List;

/** Carries out the operations of regions, which are the same for everybody. */
public final class RegionRoutes {
  private static final SortKey BY_NAME = SortKey.of(SortKey.text("name"), SortKey.text("provider"));

  public List<Route<?, ?>> routes() {
    return List.of(Route.of(RegionOperations.LIST, this::list));
  }

  private AvailableRegions list(Call call, ListAvailableRegions input) {
    String list = "regions/" + input.provider() + "/" + input.serverless();
    List<Region> regions =
        RegionCatalog.all().stream().filter(region -> isWanted(input, region)).toList();
    var page =
        Pages.page(
            Pagination.of(input.pagination(), list),
            BY_NAME,
            RegionRoutes::key,
            window -> window.among(regions, RegionRoutes::key));
    return new AvailableRegions(
        page.items().stream().map(RegionView::of).toList(), PaginationView.of(page));
  }

  private static boolean isWanted(ListAvailableRegions input, Region region) {
    return (input.provider() == null || region.provider() == input.provider())
        && (!Boolean.TRUE.equals(input.serverless()) || region.serverless());
  }

  private static List<String> key(Region region) {
    return List.of(region.name(), region.provider().name());
  }
}
