package io.gatehouse.cloud.region;

import io.gatehouse.cloud.api.Pagination;
import io.gatehouse.cloud.api.PaginationView;
import io.gatehouse.cloud.region.RegionOperations.AvailableRegions;
import io.gatehouse.cloud.region.RegionOperations.ListAvailableRegions;
import io.gatehouse.platform.operation.Call;
import io.gatehouse.platform.operation.Route;
import io.gatehouse.platform.paging.Pages;
import io.gatehouse.platform.paging.SortOrder;
import io.gatehouse.platform.paging.Window;
import java.util.Comparator;
import java.util.List;

/** Carries out the operations of regions, which are the same for everybody. */
public final class RegionRoutes {
  private static final Comparator<Region> BY_NAME =
      Comparator.comparing(Region::name).thenComparing(Region::provider);

  public List<Route<?, ?>> routes() {
    return List.of(Route.of(RegionOperations.LIST, this::list));
  }

  private AvailableRegions list(Call call, ListAvailableRegions input) {
    String list = "regions/" + input.provider() + "/" + input.serverless();
    var page =
        Pages.page(
            Pagination.of(input.pagination(), list),
            region -> List.of(region.name(), region.provider().name()),
            window -> window(input, window));
    return new AvailableRegions(
        page.items().stream().map(RegionView::of).toList(), PaginationView.of(page));
  }

  private static List<Region> window(ListAvailableRegions input, Window window) {
    boolean up = window.order() == SortOrder.ASC;
    return RegionCatalog.all().stream()
        .filter(region -> input.provider() == null || region.provider() == input.provider())
        .filter(region -> !Boolean.TRUE.equals(input.serverless()) || region.serverless())
        .sorted(up ? BY_NAME : BY_NAME.reversed())
        .filter(region -> window.after().isEmpty() || isAfter(region, window, up))
        .limit(window.limit())
        .toList();
  }

  private static boolean isAfter(Region region, Window window, boolean up) {
    Region last =
        new Region(CloudProvider.valueOf(window.after().get(1)), window.after().get(0), "", false);
    int comparison = BY_NAME.compare(region, last);
    return up ? comparison > 0 : comparison < 0;
  }
}
