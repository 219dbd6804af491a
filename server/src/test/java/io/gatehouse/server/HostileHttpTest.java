package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean harm, or know no better, are refused and hurt nobody else. */
class HostileHttpTest {
  private static final String CLUSTERS = "/api/v1/clusters";
  private static final int MEGABYTE = 1 << 20;

  /** Whoever waits on a connection gives up before a silent one is closed. */
  private static final Product PRODUCT =
      Product.create()
          .with("body-timeout", "2s")
          .with("idle-timeout", "5m")
          .with("max-concurrent-of-organization", 256);

  @BeforeAll
  static void start() {
    PRODUCT.start();
  }

  @AfterAll
  static void itIsStillThere() {
    PRODUCT.admin().get(CLUSTERS).ok();
    PRODUCT.close();
  }

  private static RawConnection connect() {
    return RawConnection.to(PRODUCT.port());
  }

  private static String head(String method, String path, String... headers) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer "
        + PRODUCT.adminKey().reveal()
        + "\r\n"
        + String.join("", headers)
        + "\r\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Long: %s\r\n", "X-%s: 1\r\n"})
  void a_header_of_a_megabyte_is_refused_at_once(String header) {
    try (RawConnection connection = connect()) {
      connection.write(head("GET", CLUSTERS, header.formatted("a".repeat(MEGABYTE))));

      assertThat(connection.answer().status()).isIn(400, 431);
      connection.awaitClose();
    }
  }

  @Test
  void a_path_of_a_megabyte_is_refused_at_once() {
    try (RawConnection connection = connect()) {
      connection.write(head("GET", "/" + "a".repeat(MEGABYTE)));

      assertThat(connection.answer().status()).isEqualTo(414);
      connection.awaitClose();
    }
  }

  @Test
  void a_body_that_says_it_is_too_large_is_not_even_begun() {
    try (RawConnection connection = connect()) {
      connection.write(head("POST", CLUSTERS, "Content-Length: 104857600\r\n"));

      RawConnection.Answer answer = connection.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.json().path("message").asText()).contains("at most 1048576 bytes");
      connection.awaitClose();
    }
  }

  @Test
  void a_body_of_unknown_length_is_read_no_further_than_allowed() {
    try (RawConnection connection = connect()) {
      connection.write(head("POST", CLUSTERS, "Transfer-Encoding: chunked\r\n"));
      String chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";
      int written = 0;
      while (written < 100 * MEGABYTE && connection.write(chunk)) {
        written += chunk.length();
      }

      assertThat(written).isLessThan(30 * MEGABYTE);
      assertThat(connection.answer().status()).isEqualTo(413);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CCDB1_none", ""})
  void one_endless_chunk_does_not_fill_the_memory(String key) {
    try (RawConnection connection = connect()) {
      String presented = key.isEmpty() ? PRODUCT.adminKey().reveal() : key;
      connection.write(
          "POST /api/v1/clusters HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer %s\r\n"
                  .formatted(presented)
              + "Transfer-Encoding: chunked\r\n\r\n7ffffff0\r\n");
      byte[] piece = new byte[MEGABYTE];
      int written = 0;
      while (written < 300 * MEGABYTE && connection.write(piece)) {
        written += piece.length;
      }

      assertThat(written).isLessThan(30 * MEGABYTE);
      assertThat(connection.answer().status()).isIn(401, 413);
    }
  }

  @Test
  void the_size_of_a_chunk_without_an_end_does_not_fill_the_memory() {
    try (RawConnection connection = connect()) {
      connection.write(head("POST", CLUSTERS, "Transfer-Encoding: chunked\r\n") + "1;");
      byte[] piece = "a".repeat(MEGABYTE).getBytes(StandardCharsets.US_ASCII);
      int written = 0;
      while (written < 300 * MEGABYTE && connection.write(piece)) {
        written += piece.length;
      }

      assertThat(written).isLessThan(30 * MEGABYTE);
      assertThat(connection.answer().status()).isEqualTo(413);
    }
  }

  @Test
  void headers_that_never_end_on_thousands_of_connections_do_not_fill_the_memory() {
    List<RawConnection> connections = new ArrayList<>();
    String begun = head("GET", CLUSTERS, "X-Long: " + "a".repeat(15_000));
    for (int i = 0; i < 6_000; i++) {
      RawConnection connection = connect();
      connections.add(connection);
      connection.write(begun.substring(0, begun.length() - 4));
    }
    connections.forEach(RawConnection::close);

    Await.until(HostileHttpTest::statusOfAList, status -> status.equals(200));
  }

  /** Zero while connections that the client kept from before are found to be closed. */
  private static int statusOfAList() {
    try {
      return PRODUCT.admin().get(CLUSTERS).status();
    } catch (UncheckedIOException e) {
      return 0;
    }
  }

  @Test
  void many_bodies_at_once_do_not_fill_the_memory() throws Exception {
    List<RawConnection> connections = new ArrayList<>();
    String most = "fff00\r\n" + "a".repeat(0xfff00);
    for (int i = 0; i < 100; i++) {
      RawConnection connection = connect();
      connections.add(connection);
      connection.write(head("POST", CLUSTERS, "Transfer-Encoding: chunked\r\n") + most);
    }

    PRODUCT.admin().get(CLUSTERS).ok();
    connections.forEach(RawConnection::close);
    Await.until(
        () -> PRODUCT.admin().post(CLUSTERS, Map.of()).status(), status -> status.equals(400));
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 1000, ''",
    "Transfer-Encoding: chunked, ''",
    "Transfer-Encoding: chunked, ff\r\n",
  })
  void a_body_that_trickles_is_given_up(String header, String begin) throws IOException {
    String piece = header.startsWith("C") || !begin.isEmpty() ? "a" : "1\r\na\r\n";
    try (RawConnection connection = connect()) {
      connection.write(head("POST", CLUSTERS, header + "\r\n") + begin.translateEscapes());

      connection.trickle(piece);
      if (begin.isEmpty()) {
        assertThat(connection.answer().status()).isEqualTo(408);
      }
      connection.awaitClose();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer nobody", ""})
  void a_body_that_does_not_come_is_given_up(String authorization) {
    try (RawConnection connection = connect()) {
      String head = head("POST", CLUSTERS, "Content-Length: 1000\r\n");
      connection.write(
          authorization.isEmpty() ? head : head.replaceFirst("Bearer \\S+", authorization));

      connection.awaitClose();
    }
  }

  @Test
  void headers_that_trickle_are_given_up() throws IOException {
    try (RawConnection connection = connect()) {
      connection.write("GET /api/v1/clusters HTTP/1.1\r\nHost: here\r\n");

      connection.trickle("X-More: 1\r\n");
      connection.awaitClose();
    }
  }

  @Test
  void a_first_line_that_trickles_is_given_up() throws Exception {
    try (Product product = Product.create().with("idle-timeout", "2s").start()) {
      for (String begin : List.of("GET /api/v1/clus", "G")) {
        try (RawConnection connection = RawConnection.to(product.port())) {
          connection.write(begin);

          connection.trickle("a");
          connection.awaitClose();
        }
      }
    }
  }

  @Test
  void garbage_after_a_request_is_refused_and_the_request_answered() {
    try (RawConnection connection = connect()) {
      connection.write(head("GET", CLUSTERS) + "\0\1garbage garbage\r\n\r\n");

      assertThat(connection.answer().status()).isEqualTo(200);
      assertThat(connection.answer().status()).isEqualTo(400);
      connection.awaitClose();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /healthz\r\n\r\n",
        "GET /healthz HTTP/0.9\r\nHost: here\r\n\r\n",
        "GET /healthz HTTP/1.0\r\nHost: here\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n\r\n",
        "GET /healthz HTTP/1.1\nHost: here\n\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: here\r\nX: a\0b\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: here\r\nX: a\r\n folded\r\n\r\n",
        "POST /healthz HTTP/1.1\r\nHost: here\r\nContent-Length: -1\r\n\r\n",
        "POST /healthz HTTP/1.1\r\nHost: here\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
      })
  void what_is_not_our_http_is_refused(String request) {
    try (RawConnection connection = connect()) {
      connection.write(request);

      RawConnection.Answer answer = connection.answer();
      assertThat(answer.status()).isIn(400, 505);
      assertThat(answer.json().path("message").isTextual()).isTrue();
      connection.awaitClose();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/clu\0sters",
        "/api/v1/clusters/\u007f",
        "/api/v1/clusters/\u001b[31m",
        "/api/v1/clusters/\u00ff\u00fe",
        "/healthz\0",
      })
  void bytes_that_belong_escaped_are_refused_in_a_path_and_kept_out_of_the_log(String path) {
    try (RawConnection connection = connect()) {
      connection.write(head("GET", path));

      RawConnection.Answer answer = connection.answer();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().isObject()).isTrue();
    }
    Await.until(PRODUCT::errors, log -> log.contains("path=" + path.replaceAll("[^!-~]", "?")));
    assertThat(PRODUCT.errors().chars()).allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'));
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "/api/v1/clusters/%00, 404",
        "/api/v1/clusters/%zz, 404",
        "/api/v1/clusters/..%2fservice-accounts, 404",
        "/api/v1/clusters%2f..%2fservice-accounts, 404",
        "/api/v1/../../healthz, 404",
        "/api/v1/clusters/../service-accounts, 404",
        "/./healthz, 404",
        "/healthz/, 404",
        "//healthz, 404",
        "/%68ealthz, 404",
        "http://elsewhere/api/v1/clusters, 404",
        "/api/v1/clusters;a=b, 404",
      })
  void a_path_means_what_it_says_and_nothing_else(String path, int status) {
    try (RawConnection connection = connect()) {
      connection.write(head("GET", path));

      RawConnection.Answer answer = connection.answer();
      assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
      assertThat(answer.json().isObject()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS, /api/v1/clusters, 405",
    "TRACE, /api/v1/clusters, 405",
    "BREW, /api/v1/clusters, 405",
    "DELETE, /api/v1/clusters, 405",
    "PUT, /healthz, 404",
    "CONNECT, there:443, 404",
    "OPTIONS, *, 404",
    "POST, /nowhere, 404",
  })
  void a_method_that_is_not_served_is_told_so(String method, String path, int status) {
    try (RawConnection connection = connect()) {
      connection.write(head(method, path));

      RawConnection.Answer answer = connection.answer();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.json().has("message")).isTrue();
    }
  }

  @Test
  void of_two_keys_in_one_request_neither_counts() {
    String key = "Authorization: Bearer " + PRODUCT.adminKey().reveal() + "\r\n";
    try (RawConnection connection = connect()) {
      connection.write("GET /api/v1/clusters HTTP/1.1\r\nHost: here\r\n" + key + key + "\r\n");

      assertThat(connection.answer().status()).isEqualTo(401);
    }
  }

  @Test
  void brackets_in_a_query_need_no_escape() {
    try (RawConnection connection = connect()) {
      connection.write(head("GET", CLUSTERS + "?filter[name]=a|b"));

      assertThat(connection.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void a_body_cannot_say_something_else_than_the_path() {
    String folders = "/api/v1/folders";
    ApiClient admin = PRODUCT.admin();
    String named = admin.post(folders, Map.of("name", "Named")).ok().path("resource_id").asText();
    String other = admin.post(folders, Map.of("name", "Other")).ok().path("resource_id").asText();

    Object body = Map.of("folder_id", "x", "folderId", other, "name", "Renamed");
    admin.patch(folders + "/" + named, body).ok();

    assertThat(admin.get(folders + "/" + named).ok().path("name").asText()).isEqualTo("Renamed");
    assertThat(admin.get(folders + "/" + other).ok().path("name").asText()).isEqualTo("Other");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"Folder\",\"labels\":{\"a\\u0000b\":\"x\"}}",
        "{\"name\":\"Folder\",\"labels\":{\"a\":\"\\u0000\"}}",
        "{\"name\":\"sur\\ud800x\"}",
      })
  void a_text_that_no_store_can_keep_is_refused(String body) {
    assertThat(PRODUCT.admin().post("/api/v1/folders", body).isRefused(400, 3).message())
        .contains("the NUL character or half of a surrogate pair");
  }

  @Test
  void what_is_wrong_with_a_body_is_told_by_its_rule() {
    Map<String, String> rules =
        Map.of(
            "[".repeat(2000),
            "is nested too deep",
            "{\"a\":" + "[".repeat(1500) + "]".repeat(1500) + "}",
            "is nested too deep",
            "{\"a\":" + "1".repeat(2000) + "}",
            "too long values",
            "{\"name\":\"a\",\"name\":\"b\"}",
            "has the member 'name' twice",
            "{\"labels\":{\"CCDB1_0123456789abcdefABCDEF_secret\":1,"
                + "\"CCDB1_0123456789abcdefABCDEF_secret\":2}}",
            "has the member 'CCDB1_0123456789abcdefABCDEF***' twice",
            "{\"%s\":1,\"%s\":2}".formatted("n".repeat(65), "n".repeat(65)),
            "has a member twice",
            "{\"name\":",
            "is not valid JSON");

    rules.forEach(
        (body, rule) ->
            assertThat(PRODUCT.admin().post("/api/v1/folders", body).isRefused(400, 3).message())
                .startsWith("invalid argument: body: ")
                .contains(rule));
  }

  @Test
  void who_uses_a_method_that_is_not_served_is_told_those_that_are() {
    ApiClient.Answer answer = PRODUCT.admin().put(CLUSTERS, Map.of());

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).contains("GET, POST");
  }

  @Test
  void an_answer_to_HEAD_has_no_body_and_the_connection_goes_on() {
    try (RawConnection connection = connect()) {
      connection.write(head("HEAD", CLUSTERS) + head("HEAD", "/nowhere") + head("GET", CLUSTERS));

      assertThat(connection.answer(false).status()).isEqualTo(405);
      assertThat(connection.answer(false).status()).isEqualTo(404);
      assertThat(connection.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void a_connection_that_is_to_end_ends() {
    try (RawConnection connection = connect()) {
      connection.write(head("GET", CLUSTERS, "Connection: close\r\n"));

      assertThat(connection.answer().header("Connection")).isEqualTo("close");
      connection.awaitClose();
    }
  }

  @Test
  void a_body_that_was_refused_is_never_taken_for_a_request() {
    String smuggled = head("GET", CLUSTERS);
    try (RawConnection connection = connect()) {
      connection.write(
          head("POST", "/nowhere", "Content-Length: " + smuggled.length() + "\r\n")
              + smuggled
              + head("GET", "/second"));

      assertThat(connection.answer().status()).isEqualTo(404);
      assertThat(connection.answer().json().toString()).contains("/second");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "nonsense", "application/json; a=b"})
  void the_content_type_does_not_matter(String type) {
    String body = "{\"name\":\"folder-%d\"}".formatted(System.nanoTime());
    try (RawConnection connection = connect()) {
      connection.write(
          head(
                  "POST",
                  "/api/v1/folders",
                  "Content-Type: " + type + "\r\n",
                  "Content-Length: " + body.length() + "\r\n")
              + body);

      assertThat(connection.answer().status()).isEqualTo(200);
    }
  }

  static List<String> hostileJson() {
    String cpus =
        """
        {"name":"abcdef","provider":"GCP","spec":{"serverless":{"regions":["us-central1"],
        "usage_limits":{"provisioned_virtual_cpus":%s}}}}
        """;
    return List.of(
        "{\"name\":\"first\",\"name\":\"second\"}",
        "{\"spec\":{\"plan\":\"BASIC\",\"plan\":\"STANDARD\"}}",
        "[".repeat(10_000) + "]".repeat(10_000),
        "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
        "{\"a\":[" + "{},".repeat(300_000) + "{}]}",
        "{\"name\":\"" + "a".repeat(1_000_000) + "\"}",
        cpus.formatted("1e999999999"),
        cpus.formatted("9".repeat(100_000)),
        cpus.formatted("\"99999999999999999999\""),
        cpus.formatted("-1"),
        cpus.formatted("NaN"),
        "{\"name\":\"\\ud800\"}",
        "{\"name\":\"\u00ff\u00fe\"}",
        "{} {}",
        "{",
        "null",
        "\0");
  }

  @ParameterizedTest
  @MethodSource("hostileJson")
  void json_that_means_harm_is_an_invalid_argument(String body) {
    try (RawConnection connection = connect()) {
      connection.write(head("POST", CLUSTERS, "Content-Length: " + body.length() + "\r\n") + body);

      RawConnection.Answer answer = connection.answer();
      assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
      assertThat(answer.json().path("code").asInt()).isEqualTo(3);
      assertThat(answer.body()).hasSizeLessThan(1000);
    }
  }

  @Test
  void whoever_is_not_known_or_not_allowed_is_told_no_more_than_that() {
    ApiClient nobody = PRODUCT.asNobody();
    ApiClient stranger = PRODUCT.as(Secret.of("CCDB1_" + "a".repeat(22) + "_" + "b".repeat(40)));
    ApiClient member = PRODUCT.as(account("ORG_MEMBER"));
    String unauthenticated = "{\"code\":16,\"message\":\"unauthenticated\",\"details\":[]}";

    assertThat(body(nobody.get(CLUSTERS), 401)).isEqualTo(unauthenticated);
    assertThat(body(stranger.get(CLUSTERS), 401)).isEqualTo(unauthenticated);
    assertThat(body(member.post(CLUSTERS, TestOrganization.standardCluster("not-mine")), 403))
        .isEqualTo("{\"code\":7,\"message\":\"permission denied\",\"details\":[]}");
  }

  @Test
  void a_whole_key_where_none_belongs_is_written_to_no_log() {
    ApiClient admin = PRODUCT.admin();
    String key = PRODUCT.adminKey().reveal();
    String secret = key.substring(key.lastIndexOf('_') + 1);
    for (String path : List.of(key, key.replace("_", "%5F"), "%43" + key.substring(1))) {
      assertThat(admin.delete("/api/v1/api-keys/" + path).status()).isEqualTo(404);
      assertThat(admin.get("/api/v1/" + path).response().body()).doesNotContain(secret);
    }
    admin.post("/api/v1/folders", Map.of("name", key, "parent_id", key)).isRefused(400, 3);
    admin.delete("/api/v1/folders/masked-" + PRODUCT.organizationId());

    Await.until(PRODUCT::errors, log -> log.contains("/api/v1/folders/masked-"));
    assertThat(PRODUCT.errors()).doesNotContain(secret).contains("/api/v1/api-keys/CCDB1_");
    String audit = "/api/v1/auditlogevents?sort_order=DESC&limit=500";
    assertThat(
            Await.until(
                () -> admin.get(audit).ok().toString(),
                entries -> entries.contains("masked-" + PRODUCT.organizationId())))
        .contains("***")
        .doesNotContain(secret);
  }

  private static String body(ApiClient.Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    return answer.response().body();
  }

  /** The key of a new service account with a role in the whole organization. */
  private static Secret account(String role) {
    ApiClient admin = PRODUCT.admin();
    var grant =
        Map.of(
            "name",
            role,
            "resource",
            Map.of("type", "ORGANIZATION", "id", PRODUCT.organizationId()));
    JsonNode account =
        admin.post("/api/v1/service-accounts", Map.of("name", role, "roles", List.of(grant))).ok();
    var key = Map.of("name", "a key", "service_account_id", account.path("id").asText());
    return Secret.of(admin.post("/api/v1/api-keys", key).ok().path("secret").asText());
  }
}
