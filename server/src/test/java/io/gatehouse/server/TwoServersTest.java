package io.gatehouse.server;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engines.postgres.MetadataPostgres;
import io.gatehouse.engines.postgres.PostgresTemplate;
import io.gatehouse.platform.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two servers on one store are one installation to those who ask. */
class TwoServersTest {
  private static final String CLUSTERS = "/api/v1/clusters";

  @Test
  void what_one_server_does_the_other_knows_and_neither_touches_the_clusters_of_the_other()
      throws IOException {
    Path data = Directories.prepared();
    MetadataPostgres store = store(data);
    Map<String, String> settings = Map.of("database-url", url(store.start()));
    Path first = Directories.prepared();
    Path second = Directories.prepared();
    try (TestServer one = TestServer.start(first, settings)) {
      Files.copy(first.resolve("keyset.json"), second.resolve("keyset.json"));
      TestOrganization organization = one.organization();
      String cluster = organization.cluster("made-by-one");
      try (TestServer two = TestServer.start(second, settings)) {
        ApiClient there = two.as(organization.founded().key());
        assertThat(there.get(CLUSTERS + "/" + cluster).ok().path("state").asText())
            .isEqualTo("CREATED");
        assertThat(second.resolve("clusters")).isEmptyDirectory();

        revokedThereIsRefusedHere(one, two, organization);

        there.delete(CLUSTERS + "/" + cluster).ok();
        Await.until(() -> Files.exists(first.resolve("clusters").resolve(cluster)), left -> !left);
      }
    } finally {
      store.stop();
      Directories.remove(data);
    }
  }

  @Test
  void a_copy_of_a_data_directory_is_refused_beside_the_original_and_a_restart_of_that_is_not()
      throws IOException {
    Path data = Directories.prepared();
    MetadataPostgres store = store(data);
    String url = url(store.start());
    Product original = Product.create().withVariable("GATEHOUSE_DATABASE_URL", url);
    Product copy = Product.create().withVariable("GATEHOUSE_DATABASE_URL", url);
    try (original;
        copy) {
      original.start();
      for (String file : List.of("keyset.json", "server-id", "format")) {
        Files.copy(original.data().resolve(file), copy.data().resolve(file), REPLACE_EXISTING);
      }

      refusesToStart(copy);
      original.admin().get(CLUSTERS).ok();
      original.kill();
      original.start();
      assertThat(original.errors()).doesNotContain("sign of life");
      refusesToStart(copy);

      original.terminate();
      copy.start();
      assertThat(copy.errors()).doesNotContain("sign of life");
    } finally {
      store.stop();
      Directories.remove(data);
    }
  }

  private static void refusesToStart(Product copy) {
    Product.Ended ended = copy.run("start");

    assertThat(ended.exitCode()).isNotZero();
    assertThat(ended.err().lines().toList().getLast())
        .startsWith("gatehouse: a server with the id ")
        .contains("already: a copy of a data directory must not be used beside the original");
    assertThat(ended.out()).doesNotContain("ready");
  }

  private static MetadataPostgres store(Path data) {
    PostgresTemplate template = new PostgresTemplate(data.resolve("postgres"));
    return new MetadataPostgres(data.resolve("store"), template, Secret.of("shared"));
  }

  private static String url(MetadataPostgres.Access access) {
    return "postgresql://%s:shared@%s"
        .formatted(access.user(), access.jdbcUrl().substring("jdbc:postgresql://".length()));
  }

  private static void revokedThereIsRefusedHere(
      TestServer one, TestServer two, TestOrganization organization) {
    ApiClient there = two.as(organization.founded().key());
    var account = organization.account("CLUSTER_ADMIN", "ORGANIZATION", organization.id());
    ApiClient here = one.as(account.key());
    here.get(CLUSTERS).ok();

    String key = account.key().reveal();
    there.delete("/api/v1/api-keys/" + key.substring(0, key.lastIndexOf('_'))).ok();

    Await.until(() -> here.get(CLUSTERS).status(), status -> status == 401);
  }
}
