package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that cannot start says why in one line, and leaves nothing that runs. */
class StartFailureTest {
  private static final Product USED = Product.create();
  private static final Product OTHER = Product.create();

  private final Product fresh = Product.in(Directories.make());

  @BeforeAll
  static void useTwoInstallations() {
    USED.start();
    String id = cluster(USED);
    USED.terminate();
    assertThat(USED.clusters().resolve(id)).exists();
    OTHER.start();
  }

  private static String cluster(Product product) {
    ApiClient admin = product.admin();
    String clusters = "/api/v1/clusters";
    String id =
        admin
            .post(clusters, TestOrganization.standardCluster("kept-cluster"))
            .ok()
            .path("id")
            .asText();
    Await.until(
        () -> admin.get(clusters + "/" + id).ok(),
        cluster -> cluster.path("state").asText().equals("CREATED"));
    return id;
  }

  @AfterAll
  static void afterAllThatItStartsAgainWithItsData() {
    USED.start();
    assertThat(USED.admin().get("/api/v1/clusters").ok().path("clusters")).hasSize(1);
    USED.close();
    OTHER.close();
  }

  @AfterEach
  void remove() {
    fresh.close();
  }

  @Test
  void a_port_that_is_taken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fresh.with("port", taken.getLocalPort());

      refuses(fresh, "port " + taken.getLocalPort() + " of 127.0.0.1 cannot be used: Address");
    }
    assertThat(fresh.data()).isEmptyDirectory();
  }

  @Test
  void a_data_directory_below_a_file() throws IOException {
    Path file = Files.writeString(fresh.data().resolve("file"), "in the way");

    refuses(fresh.with("data-dir", file.resolve("data")), "data directory " + file);
    assertThat(file).hasContent("in the way");
  }

  @Test
  void a_data_directory_in_which_another_server_works() {
    refuses(Product.in(OTHER.data()), "data directory " + OTHER.data() + " is in use");
    OTHER.admin().get("/api/v1/clusters").ok();
  }

  @Test
  void a_data_directory_of_a_newer_version() throws IOException {
    Files.writeString(fresh.data().resolve("format"), "2\n");

    refuses(fresh, "has format 2, this version of Gatehouse knows 1: use a newer one");
    assertThat(fresh.data()).isDirectoryContaining(path -> path.endsWith("format"));
  }

  @Test
  void a_data_directory_whose_format_cannot_be_read() throws IOException {
    Files.writeString(fresh.data().resolve("format"), "");

    refuses(fresh, "data directory " + fresh.data() + " is damaged");
  }

  @Test
  void a_directory_that_holds_something_else() throws IOException {
    Path photo = Files.writeString(fresh.data().resolve("photo.jpg"), "a cat");

    refuses(fresh, fresh.data() + " is no data directory and holds something else: 'photo.jpg'");
    assertThat(fresh.data().toFile().list()).containsExactly(photo.getFileName().toString());
  }

  @Test
  void an_organization_for_a_server_that_was_never_started() {
    for (String name : new String[] {"Second", "", "with a\ttab"}) {
      Product.Ended ended = fresh.run("organization", "create", name);

      assertThat(ended.exitCode()).isNotZero();
      assertThat(ended.err()).contains(name.equals("Second") ? "start it first" : "1 to 100");
      assertThat(fresh.data().resolve("metadata")).doesNotExist();
    }
  }

  @Test
  void an_unknown_command() {
    Product.Ended ended = fresh.run("strat");

    assertThat(ended.exitCode()).isNotZero();
    assertThat(ended.err()).contains("did you mean 'start'?");
  }

  @Test
  void an_unknown_flag() {
    refuses(fresh.with("rate-limits", 5), "'--rate-limits'", "did you mean '--rate-limit'?");
    assertThat(fresh.data()).isEmptyDirectory();
  }

  @Test
  void an_unknown_variable() {
    fresh.withVariable("GATEHOUSE_RATELIMIT", "5");

    refuses(fresh, "'GATEHOUSE_RATELIMIT'", "did you mean 'GATEHOUSE_RATE_LIMIT'?");
    assertThat(fresh.data()).isEmptyDirectory();
  }

  @Test
  void an_unknown_setting_in_the_file() throws IOException {
    Path file = Files.writeString(fresh.data().resolve("settings"), "rate_limit=5\n");

    refuses(fresh.with("config", file), "'rate_limit' in " + file + "; did you mean 'rate-limit'?");
  }

  @Test
  void a_file_of_settings_that_is_not_there() {
    refuses(fresh.with("config", fresh.data().resolve("none")), "/none cannot be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rate-limit | many | setting 'rate-limit' must be a whole number, not 'many'",
        "port | 70000 | setting 'port' must be between 0 and 65535",
        "idle-timeout | soon | setting 'idle-timeout' must be a duration",
        "body-timeout | 0s | body-timeout",
        "database-pool | 0 | database-pool",
        "database-url | mysql://here/db | setting 'database-url' must begin with postgresql://",
        "database-url | postgresql://127.0.0.1:1/none | metadata store does not answer",
        "database-url | postgresql://a:b@127.0.0.1:99999/none | 'database-url' must have a port",
        "database-url | jdbc:postgresql://127.0.0.1:99999/none | 'database-url' must have a port",
        "organization | `` | setting 'organization': ",
        "default-cc-version | 2021-01-01 | 'default-cc-version': there is no version '2021-01-01'",
        "sql-listen | here;there | sql-listen",
        "reconcile-threads | 0 | reconcile-threads",
        "admin-key | CCDB1_tooShort | setting 'admin-key' must be CCDB1_, 22 letters and digits",
      })
  void a_value_that_makes_no_sense(String setting, String value, String message) {
    refuses(fresh.with(setting, value), message);
  }

  @Test
  void a_missing_keyset() throws IOException {
    withoutKeyset(
        keyset -> {
          refuses(USED, "keyset " + keyset + " is missing");
          assertThat(keyset).doesNotExist();
        });
  }

  @Test
  void a_keyset_of_another_installation() throws IOException {
    withoutKeyset(
        keyset -> {
          Files.copy(OTHER.data().resolve("keyset.json"), keyset);
          refuses(USED, "keyset " + keyset + " is not the one");
        });
  }

  @Test
  void a_damaged_keyset() throws IOException {
    withoutKeyset(
        keyset -> {
          Files.writeString(keyset, "{\"seal\":");
          refuses(USED, "keyset " + keyset + " cannot be read or is damaged");
          Files.writeString(keyset, "{}");
          refuses(USED, "keyset " + keyset + " cannot be read or is damaged");
        });
  }

  /** What is done while a keyset is not where it belongs. */
  private interface Damage {
    void with(Path keyset) throws IOException;
  }

  /** Takes the keyset away for a while; afterwards everything is as before. */
  private static void withoutKeyset(Damage damage) throws IOException {
    Path keyset = USED.data().resolve("keyset.json");
    Path kept = Files.move(keyset, USED.data().resolve("keyset.kept"));
    try {
      damage.with(keyset);
    } finally {
      Files.move(kept, keyset, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void a_store_of_another_installation() {
    Product astray =
        Product.in(USED.data()).withVariable("GATEHOUSE_DATABASE_URL", OTHER.storeUrl());

    refuses(astray, "keyset " + USED.data().resolve("keyset.json") + " is not the one");
    assertThat(OTHER.admin().get("/api/v1/clusters").ok().path("clusters")).isEmpty();
  }

  @Test
  void a_store_of_another_installation_for_a_new_one() {
    fresh.withVariable("GATEHOUSE_DATABASE_URL", OTHER.storeUrl());

    refuses(fresh, "is not the one that this metadata store was sealed with");
    assertThat(fresh.clusters())
        .satisfiesAnyOf(
            path -> assertThat(path).doesNotExist(), path -> assertThat(path).isEmptyDirectory());
  }

  @Test
  void a_store_that_refuses_the_user_or_has_no_such_database() {
    String right = OTHER.storeUrl();
    refuses(
        fresh.with("database-url", right.replaceFirst(":[^:@]+@", ":wrong@")),
        "the metadata store refuses the configured user or password");
    refuses(
        fresh.with("database-url", right.replaceFirst("/gatehouse$", "/elsewhere")),
        "the metadata store has no database of the configured name");
  }

  private static void refuses(Product product, String... parts) {
    Product.Ended ended = product.run("start");

    assertThat(ended.exitCode()).isNotZero();
    assertThat(ended.err().lines()).as(ended.err()).hasSize(1);
    assertThat(ended.err()).startsWith("gatehouse: ").contains(parts);
    assertThat(ended.out()).doesNotContain("ready");
    if (!product.data().equals(OTHER.data())) {
      assertThat(product.postgres()).isEmpty();
    }
  }
}
