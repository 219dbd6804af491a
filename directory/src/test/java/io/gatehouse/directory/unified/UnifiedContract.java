package io.gatehouse.directory.unified;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.directory.connector.Source;
import io.gatehouse.directory.connector.UnifiedResource;
import io.gatehouse.directory.gateway.ResourcePages;
import io.gatehouse.directory.gateway.UpstreamAccount;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What every unified list must keep. */
public final class UnifiedContract {
  private static final Map<String, Class<?>> SHAPES = Map.of("user-directory/users", User.class);

  private UnifiedContract() {}

  /** A source gives at least one record, and each has the shape of its resource. */
  public static void requireEverySourceGives(
      ResourcePages pages, UpstreamAccount account, UnifiedResource resource, Source source) {
    NestedPages walk = new NestedPages(pages, account, List.of(source), 10);
    NestedPages.Result walked = walk.from(Position.startOf(source));
    assertThat(walked.found()).isNotEmpty();
    Class<?> type = Objects.requireNonNull(SHAPES.get(resource.name()), "no shape is known");
    var shape = new UnifiedShape<>(account.connector(), type, true);
    assertThat(walked.found()).allSatisfy(found -> assertThat(shape.of(found)).isNotNull());
  }
}
