package io.gatehouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.server.TestOrganization.Account;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads every list page by page, with each page size, while others change it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagingTest {
  private static final String CLUSTERS = "/api/v1/clusters";
  private static final String FOLDERS = "/api/v1/folders";
  private static final String ACCOUNTS = "/api/v1/service-accounts";
  private static final String KEYS = "/api/v1/api-keys";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");
  private static final int MAX_OTHERS = 4;

  private final long seed = Long.getLong("gatehouse.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final TestServer server = TestServer.shared();
  private final TestOrganization organization = server.organization();
  private final ApiClient admin = organization.admin();
  private final String folder = organization.folder("Folder", "root");

  private String cluster = "";
  private List<Case> cases = List.of();

  /** A list, what its order is by, and how rows come to it and go from it. */
  record Case(PagedList list, Comparator<JsonNode> order, Rows rows) {
    @Override
    public String toString() {
      return list.toString();
    }
  }

  /**
   * How rows come and go.
   *
   * @param forget removes what is left of one that went
   */
  record Rows(Supplier<String> come, Consumer<String> go, Consumer<String> forget) {
    static final Rows NONE = of(() -> "", id -> {});

    static Rows of(Supplier<String> come, Consumer<String> go) {
      return new Rows(come, go, id -> {});
    }
  }

  @BeforeAll
  void makeRows() {
    cluster = advancedCluster();
    ClusterRows rows = new ClusterRows(server, cluster);
    for (int i = 0; i < 3; i++) {
      rows.add(clusterName(), folder, someTime());
      rows.add(clusterName(), organization.id(), someTime());
      organization.folder(folderName(), folder);
      account(i < 2 ? "the same name" : sqlName());
      organization.folder(folderName(), "root");
    }
    for (int i = 0; i < 2; i++) {
      sqlUser();
      sqlUser();
      database();
    }
    Instant deletedAt = someTime();
    rows.addDeleted("cluster-twice", someTime(), deletedAt);
    rows.addDeleted("cluster-twice", someTime(), deletedAt);
    rows.addDeleted(clusterName(), someTime(), someTime());
    IntStream.range(0, 3).forEach(i -> key(organization.founded().serviceAccountId().toString()));
    cases = allCases(rows);
  }

  private String advancedCluster() {
    var dedicated =
        Map.of(
            "region_nodes",
            Map.of("us-east1", 3, "us-central1", 3, "us-west1", 3),
            "hardware",
            Map.of("storage_gib", 15, "machine_spec", Map.of("num_virtual_cpus", 2)));
    var body =
        Map.of(
            "name",
            "paged-cluster",
            "provider",
            "GCP",
            "spec",
            Map.of("dedicated", dedicated, "parent_id", folder));
    String id = admin.post(CLUSTERS, body).ok().path("id").asText();
    organization.awaitState(id, "CREATED");
    return id;
  }

  private String users() {
    return CLUSTERS + "/" + cluster + "/sql-users";
  }

  private String databases() {
    return CLUSTERS + "/" + cluster + "/databases";
  }

  private Instant someTime() {
    return START.plusNanos(1000L * random.nextInt(4));
  }

  private String text(String alphabet, int length) {
    int[] characters = alphabet.codePoints().toArray();
    return IntStream.range(0, length)
        .map(i -> characters[random.nextInt(characters.length)])
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private String clusterName() {
    return "c" + text("ab-09", 20) + "x";
  }

  private String folderName() {
    return "F" + text("aAäé '_-09", 20) + "x";
  }

  private String sqlName() {
    return "S" + text("aAäﬀ🐘 '\"%/_-09", 12) + "x";
  }

  private String account(String name) {
    return admin.post(ACCOUNTS, Map.of("name", name)).ok().path("id").asText();
  }

  private String key(String account) {
    return admin
        .post(KEYS, Map.of("name", "k", "service_account_id", account))
        .ok()
        .path("api_key")
        .path("id")
        .asText();
  }

  private Consumer<String> delete(String path) {
    return id -> admin.delete(path + "/" + SqlSession.encode(id)).ok();
  }

  private static Function<JsonNode, String> member(String name) {
    return row -> row.path(name).asText();
  }

  private static Comparator<JsonNode> byText(String name) {
    Comparator<byte[]> byBytes = Arrays::compareUnsigned;
    return Comparator.comparing(row -> row.path(name).asText().getBytes(UTF_8), byBytes);
  }

  private static Comparator<JsonNode> byTime(String name) {
    return Comparator.comparing(
        row -> row.hasNonNull(name) ? Instant.parse(row.path(name).asText()) : NEVER);
  }

  private List<Case> allCases(ClusterRows rows) {
    List<Case> all = new ArrayList<>();
    for (Case each : Stream.concat(clusterCases(rows), otherCases(rows)).toList()) {
      all.add(ordered(each, "ASC", each.order()));
      all.add(ordered(each, "DESC", each.order().reversed()));
    }
    return all;
  }

  private static Case ordered(Case given, String direction, Comparator<JsonNode> order) {
    PagedList list = given.list();
    String separator = list.path().contains("?") ? "&" : "?";
    String path = list.path() + separator + "pagination.sort_order=" + direction;
    return new Case(
        new PagedList(list.client(), path, list.member(), list.id()), order, given.rows());
  }

  private Stream<Case> clusterCases(ClusterRows rows) {
    Map<String, Comparator<JsonNode>> orders =
        Map.of(
            "NAME", byText("name"),
            "CREATED_AT", byTime("created_at"),
            "DELETED_AT", byTime("deleted_at"));
    Account seesSome = organization.account("CLUSTER_MONITOR", "FOLDER", folder);
    Rows comeAndGo =
        new Rows(
            () -> rows.add(clusterName(), folder, someTime()), rows::markDeleted, rows::remove);
    return orders.entrySet().stream()
        .flatMap(
            order -> {
              String path = CLUSTERS + "?pagination.sort_by=" + order.getKey();
              String all = path + "&show_inactive=true";
              return Stream.of(
                      clusters(admin, path),
                      clusters(admin, all),
                      clusters(server.as(seesSome.key()), path))
                  .map(list -> new Case(list, order.getValue(), comeAndGo));
            });
  }

  private static PagedList clusters(ApiClient client, String path) {
    return new PagedList(client, path, "clusters", member("id"));
  }

  private Stream<Case> otherCases(ClusterRows rows) {
    Comparator<JsonNode> byName = byText("name");
    Comparator<JsonNode> foldersFirst =
        Comparator.comparing(row -> row.path("resource_type").asText().equals("CLUSTER"));
    String administrator = organization.founded().serviceAccountId().toString();
    Rows folders = Rows.of(() -> organization.folder(folderName(), "root"), delete(FOLDERS));
    Rows accounts = Rows.of(() -> account("the same name"), delete(ACCOUNTS));
    Rows keys = Rows.of(() -> key(administrator), delete(KEYS));
    Rows clusters = Rows.of(() -> rows.add(clusterName(), folder, someTime()), rows::remove);
    PagedList nodes =
        new PagedList(
            admin,
            CLUSTERS + "/" + cluster + "/nodes",
            "nodes",
            row -> row.path("region_name").asText() + row.path("name").asText());
    return Stream.of(
        new Case(list(FOLDERS, "folders", "resource_id"), byName, folders),
        new Case(
            list(FOLDERS + "/root/contents", "resources", "resource_id"),
            foldersFirst.thenComparing(byName),
            folders),
        new Case(
            list(FOLDERS + "/" + folder + "/contents", "resources", "resource_id"),
            foldersFirst.thenComparing(byName),
            clusters),
        new Case(list(ACCOUNTS, "service_accounts", "id"), byName, accounts),
        new Case(list(KEYS, "api_keys", "id"), byTime("created_at"), keys),
        new Case(
            list(KEYS + "?service_account_id=" + administrator, "api_keys", "id"),
            byTime("created_at"),
            keys),
        new Case(list("/api/v1/roles", "grants", "user_id"), byText("user_id"), accounts),
        new Case(list(users(), "users", "name"), byName, Rows.of(this::sqlUser, delete(users()))),
        new Case(
            list(databases(), "databases", "name"),
            byName,
            Rows.of(this::database, delete(databases()))),
        new Case(
            list(CLUSTERS + "/available-regions?serverless=true", "regions", "name"),
            byName,
            Rows.NONE),
        new Case(nodes, byText("region_name").thenComparing(byName), Rows.NONE));
  }

  private PagedList list(String path, String member, String id) {
    return new PagedList(admin, path, member, member(id));
  }

  private String sqlUser() {
    String name = sqlName();
    admin.post(users(), Map.of("name", name, "password", "secret")).ok();
    return name;
  }

  private String database() {
    String name = sqlName();
    admin.post(databases(), Map.of("name", name)).ok();
    return name;
  }

  List<Case> cases() {
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatever_comes_and_goes_each_row_that_stays_is_seen_once_and_in_order(Case each) {
    PagedList list = each.list();
    List<JsonNode> rows = list.page(1000, "").rows();
    assertThat(rows).hasSizeGreaterThan(2).isSortedAccordingTo(each.order());
    List<String> staying = rows.stream().map(list.id()).toList();

    for (int limit = 1; limit <= staying.size() + 1; limit++) {
      String how = "pages of %d, seed %d".formatted(limit, seed);
      try (Others others = new Others(each.rows(), seed + limit)) {
        List<PagedList.Page> forth = list.forth(limit, others::turn);
        assertThat(seen(list, forth, staying)).as(how).isEqualTo(staying);
        assertThat(forth.subList(0, forth.size() - 1)).as(how).allMatch(hasSize(limit));

        List<PagedList.Page> back = list.back(lastWithRows(forth), limit, others::turn);
        assertThat(seen(list, back, staying)).as(how + ", backwards").isEqualTo(staying);
      }
    }
  }

  private static List<String> seen(
      PagedList list, List<PagedList.Page> pages, List<String> staying) {
    return list.ids(pages).stream().filter(staying::contains).toList();
  }

  private static Predicate<PagedList.Page> hasSize(int size) {
    return page -> page.rows().size() == size;
  }

  private static PagedList.Page lastWithRows(List<PagedList.Page> pages) {
    return pages.reversed().stream()
        .filter(page -> !page.rows().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  /** Someone else, who adds or removes a row of a list for each page that is read. */
  private static final class Others implements AutoCloseable {
    private final Rows rows;
    private final Random random;
    private final List<String> present = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private final Semaphore turns = new Semaphore(0);
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final CompletableFuture<Void> work;
    private volatile boolean over;

    Others(Rows rows, long seed) {
      this.rows = rows;
      this.random = new Random(seed);
      this.work = CompletableFuture.runAsync(this::comeAndGo, thread);
    }

    void turn() {
      turns.release();
    }

    private void comeAndGo() {
      while (true) {
        turns.acquireUninterruptibly();
        if (over) {
          return;
        }
        boolean come = present.isEmpty() || (present.size() < MAX_OTHERS && random.nextBoolean());
        if (come) {
          present.add(rows.come().get());
        } else {
          gone.add(present.remove(random.nextInt(present.size())));
          rows.go().accept(gone.getLast());
        }
      }
    }

    @Override
    public void close() {
      over = true;
      turns.release();
      work.join();
      thread.close();
      present.forEach(rows.go());
      present.forEach(rows.forget());
      gone.forEach(rows.forget());
    }
  }

  @Test
  void a_token_belongs_to_its_list_and_order() {
    for (Case of : cases) {
      String token = of.list().page(1, "").next();
      for (Case other : cases) {
        boolean same = other.list().path().equals(of.list().path());
        ApiClient.Answer answer = other.list().ask("1", token);
        if (same) {
          answer.ok();
        } else {
          assertThat(answer.isRefused(400, 3).message())
              .as("%s at %s", of, other)
              .isEqualTo(
                  "invalid argument: pagination.page: belongs to another list or another order");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void an_altered_token_is_refused(Case each) {
    PagedList list = each.list();
    String token = list.page(2, "").next();
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    List<String> altered = new ArrayList<>();
    for (int i = 0; i < bytes.length; i += 1 + random.nextInt(5)) {
      byte[] other = bytes.clone();
      other[i] ^= (byte) (1 << random.nextInt(7));
      altered.add(Base64.getUrlEncoder().withoutPadding().encodeToString(other));
    }
    altered.add(token.substring(0, token.length() - 4));
    altered.add(token + "AAAA");
    altered.add(token + token);

    for (String text : altered) {
      assertThat(list.ask("2", text).isRefused(400, 3).message())
          .as("%s altered to %s, seed %d", token, text, seed)
          .startsWith("invalid argument: pagination.page: ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        " ",
        "0",
        "-1",
        "null",
        "{}",
        "e30",
        "bnVsbA",
        "W10",
        "IiI",
        "%00",
        "\0",
        "🐘",
        "eyJ2ZXJzaW9uIjoxLCJsaXN0IjoiZm9sZGVyczpBU0MiLCJiYWNrd2FyZHMiOmZhbHNlLCJrZXkiOlsiYSJdfQ",
        "eyJ2ZXJzaW9uIjoxLCJsaXN0IjoiZm9sZGVyczpBU0MiLCJiYWNrd2FyZHMiOmZhbHNlLCJrZXkiOltudWxsXX0",
      })
  void what_is_no_token_is_refused(String token) {
    PagedList folders = list(FOLDERS, "folders", "resource_id");

    assertThat(folders.ask("1", token).isRefused(400, 3).message())
        .startsWith("invalid argument: pagination.page: ");
    assertThat(folders.ask("1", token.repeat(20)).isRefused(400, 3).message())
        .startsWith("invalid argument: pagination.page: ");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_limit_of_nothing_or_very_much_shows_all_of_a_short_list(Case each) {
    PagedList list = each.list();
    List<JsonNode> all = list.page(1000, "").rows();

    for (String limit : List.of("", "0", "1001", "2147483647")) {
      JsonNode answer = list.ask(limit, "").ok();
      assertThat(answer.path(list.member())).hasSize(all.size());
      assertThat(answer.path("pagination").path("next_page").asText()).isEmpty();
      assertThat(answer.path("pagination").path("previous_page").asText()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_limit_that_is_no_number_of_rows_is_refused(Case each) {
    for (String limit : List.of("-1", "-2147483648", "2147483648", "many", "1.5", "NaN")) {
      assertThat(each.list().ask(limit, "").isRefused(400, 3).message())
          .as(limit)
          .startsWith("invalid argument: pagination.limit: must ");
    }
  }

  @Test
  void a_page_has_100_rows_unless_asked_otherwise_and_never_more_than_1000() {
    TestOrganization large = server.organization();
    new ClusterRows(server, cluster).addMany(large.id(), 1001);
    PagedList clusters = clusters(large.admin(), CLUSTERS);

    assertThat(clusters.page(0, "").rows()).hasSize(100);
    PagedList.Page most = clusters.page(5000, "");
    assertThat(most.rows()).hasSize(1000);
    assertThat(clusters.page(5000, most.next()).rows()).hasSize(1);
  }

  @Test
  void an_unknown_order_is_refused() {
    assertThat(admin.get(FOLDERS + "?pagination.sort_order=UP").isRefused(400, 3).message())
        .startsWith("invalid argument: pagination.sort_order: ");
    assertThat(admin.get(CLUSTERS + "?pagination.sort_by=SIZE").isRefused(400, 3).message())
        .startsWith("invalid argument: pagination.sort_by: ");
  }
}
