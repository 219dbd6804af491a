package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.cloud.apikey.ApiKeySecret;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.secret.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a newcomer does in the first minutes, with nothing but what the program prints. */
class TranscriptTest {
  private static final String CLUSTERS = "/api/v1/clusters";
  private static final Secret GIVEN_KEY = ApiKeySecret.generate().secret();
  private static final Product PRODUCT =
      Product.in(Directories.make())
          .with("organization", "Moose Works")
          .withVariable("GATEHOUSE_ADMIN_KEY", GIVEN_KEY.reveal());

  private final ApiClient admin = PRODUCT.as(GIVEN_KEY);

  @BeforeAll
  static void start() {
    PRODUCT.start();
  }

  @AfterAll
  static void end() {
    PRODUCT.close();
  }

  @Test
  void from_the_printed_key_to_a_session_in_a_cluster_of_ones_own() throws Exception {
    JsonNode cluster =
        admin.post(CLUSTERS, TestOrganization.standardCluster("notorious-moose")).ok();
    String path = CLUSTERS + "/" + cluster.path("id").asText();
    assertThat(cluster.path("state").asText()).isEqualTo("CREATING");
    Await.until(() -> admin.get(path).ok(), now -> now.path("state").asText().equals("CREATED"));

    admin
        .post(path + "/sql-users", Map.of("name", "maxroach", "password", "NotoriousMoose1!"))
        .ok();
    String connectionString =
        admin
            .get(path + "/connection-string?sql_user=maxroach")
            .ok()
            .path("connection_string")
            .asText();

    assertThat(connectionString).startsWith("postgresql://maxroach@127.0.0.1:");
    try (Sql session = Sql.open(connectionString, "NotoriousMoose1!")) {
      session.run("CREATE TABLE moose (name text)");
      session.run("INSERT INTO moose VALUES ('notorious')");
      assertThat(session.value("SELECT name FROM moose")).isEqualTo("notorious");
      assertThat(session.value("SELECT current_database()")).isEqualTo("defaultdb");
    }
  }

  @Test
  void the_key_given_at_the_first_start_is_the_key_of_the_organization() {
    assertThat(PRODUCT.output() + PRODUCT.errors()).doesNotContain(GIVEN_KEY.reveal());
    assertThat(PRODUCT.output()).contains("Moose Works (" + PRODUCT.organizationId() + ")");
    JsonNode organization = admin.get("/api/v1/organization").ok();
    assertThat(organization.path("id").asText()).isEqualTo(PRODUCT.organizationId());
    assertThat(organization.path("name").asText()).isEqualTo("Moose Works");
  }

  @Test
  void an_organization_made_beside_the_running_server_sees_nothing_of_the_first() {
    String id =
        admin
            .post(CLUSTERS, TestOrganization.standardCluster("first-cluster"))
            .ok()
            .path("id")
            .asText();

    Product.Ended ended = PRODUCT.run("organization", "create", "Second");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    ApiClient second = PRODUCT.as(Secret.of(printed(ended, "API key")));
    assertThat(second.get("/api/v1/organization").ok().path("id").asText())
        .isEqualTo(printed(ended, "Organization id"))
        .isNotEqualTo(PRODUCT.organizationId());
    assertThat(second.get(CLUSTERS).ok().path("clusters")).isEmpty();
    second.get(CLUSTERS + "/" + id).isRefused(404, 5);
    second.delete(CLUSTERS + "/" + id).isRefused(404, 5);
    assertThat(second.get("/api/v1/service-accounts").ok().path("service_accounts")).hasSize(1);
    admin.get(CLUSTERS + "/" + id).ok();
  }

  private static String printed(Product.Ended ended, String name) {
    Matcher matcher = Pattern.compile(name + " +(\\S+)").matcher(ended.out());
    assertThat(matcher.find()).as(ended.out()).isTrue();
    return matcher.group(1);
  }

  @Test
  void a_machine_is_told_that_the_server_lives_and_serves() throws Exception {
    assertThat(get("/healthz").body()).isEqualTo("alive\n");
    assertThat(get("/readyz").body()).startsWith("{\"status\":\"ready\",\"checks\":[");
    admin.get(CLUSTERS).ok();
    assertThat(get("/metrics").body())
        .contains("gatehouse_requests_seconds_count{operation=\"ListClusters\",status=\"200\"}")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void the_document_of_the_API_describes_what_was_done_here() throws Exception {
    JsonNode document = Json.read(get("/openapi.json").body(), JsonNode.class);
    assertThat(document.path("openapi").asText()).startsWith("3.");
    assertThat(document.path("paths").path(CLUSTERS).path("post").path("operationId").asText())
        .isEqualTo("CreateCluster");
    assertThat(document.path("paths").has(CLUSTERS + "/{cluster_id}/connection-string")).isTrue();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(PRODUCT.url() + path)).build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      return answer;
    }
  }
}
