package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** What a kill must not leave behind. */
final class Leftovers {
  private Leftovers() {}

  /** For each cluster there is one process and one directory, and nothing besides. */
  static void areNone(Product product) throws IOException {
    List<String> ids =
        product.admin().walk("/api/v1/clusters", "clusters", 100).stream()
            .map(cluster -> cluster.path("id").asText())
            .toList();
    Await.until(() -> unsettled(product), "0 clusters, 0 wake-ups"::equals);
    try (Stream<Path> directories = Files.list(product.clusters())) {
      assertThat(directories)
          .map(path -> path.getFileName().toString())
          .containsExactlyInAnyOrderElementsOf(ids);
    }
    Stream<Long> postmasters =
        Stream.concat(ids.stream().map(product::postmaster), Stream.of(product.storePostmaster()));
    assertThat(product.postmasters()).containsExactlyInAnyOrderElementsOf(postmasters.toList());
  }

  private static String unsettled(Product product) {
    try (Sql store = product.store()) {
      return store.value(
          """
          SELECT format('%s clusters, %s wake-ups',
            (SELECT count(*) FROM cloud.cluster WHERE settled_generation <> generation),
            (SELECT count(*) FROM platform.wake_cluster))
          """);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
