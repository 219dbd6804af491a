package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.gatehouse.cloud.CloudModule;
import io.gatehouse.cloud.version.ApiVersion;
import io.gatehouse.platform.operation.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Speaks every version of the API to every operation. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VersionTest {
  private static final String CLUSTERS = "/api/v1/clusters";

  private final TestServer server = TestServer.shared();
  private final TestOrganization organization = server.organization();
  private final ApiClient admin = organization.admin();
  private String cluster = "";

  @BeforeAll
  void makeACluster() {
    cluster = organization.cluster("versioned-cluster");
  }

  @Test
  void the_version_is_told_and_an_unknown_one_is_refused() {
    String path = "/api/v1/organization";

    assertThat(admin.get(path).header("Cc-Version")).contains("2024-09-16");
    assertThat(admin.speaking("latest").get(path).header("Cc-Version")).contains("2024-09-16");
    assertThat(admin.speaking("2022-09-20").get(path).header("Cc-Version")).contains("2022-09-20");
    assertThat(admin.speaking("2022-01-01").get(path).isRefused(400, 3).message())
        .isEqualTo("invalid Cc-Version");
  }

  @ParameterizedTest
  @EnumSource(ApiVersion.class)
  void what_a_version_did_not_have_is_not_found_in_it(ApiVersion version) {
    Samples samples = new Samples(cluster, "root");
    for (Operation<?, ?> operation : CloudModule.OPERATIONS) {
      if (operation.since().compareTo(version.date()) > 0) {
        var answer = samples.of(operation).send(admin.speaking(version.date()));
        assertThat(answer.status()).as(operation.toString()).isEqualTo(404);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ApiVersion.class)
  void operations_stand_in_the_versions_that_the_reference_has_them_in(ApiVersion version) {
    ApiDocument reference = ApiDocument.reference(version.date());
    for (Operation<?, ?> operation : CloudModule.OPERATIONS) {
      assertThat(operation.since().compareTo(version.date()) <= 0)
          .as(operation + " in " + version)
          .isEqualTo(reference.has(operation));
    }
  }

  @ParameterizedTest
  @EnumSource(ApiVersion.class)
  void every_answer_is_as_its_version_documents_it(ApiVersion version) {
    ApiDocument reference = ApiDocument.reference(version.date());
    Map<String, JsonNode> answers = new Life(organization, version).live();

    for (Operation<?, ?> operation : CloudModule.OPERATIONS) {
      if (reference.has(operation)) {
        assertThat(answers).as(operation + " was not tried").containsKey(operation.id());
        JsonNode answer = answers.getOrDefault(operation.id(), MissingNode.getInstance());
        assertThat(reference.faults(operation, answer))
            .as(operation + " in " + version + ": " + answer)
            .isEmpty();
      }
    }
  }

  @Test
  void every_answer_is_as_this_server_says_itself() {
    ApiDocument own = server.document();
    Map<String, JsonNode> answers = new Life(organization, ApiVersion.NEWEST).live();

    for (Operation<?, ?> operation : CloudModule.OPERATIONS) {
      JsonNode answer = answers.getOrDefault(operation.id(), MissingNode.getInstance());
      assertThat(own.faults(operation, answer)).as(operation + ": " + answer).isEmpty();
    }
  }

  /** A life of everything, in the requests of one version; keeps the answer of each operation. */
  private static final class Life {
    private final TestOrganization organization;
    private final ApiVersion version;
    private final ApiClient client;
    private final Map<String, JsonNode> answers = new HashMap<>();

    Life(TestOrganization organization, ApiVersion version) {
      this.organization = organization;
      this.version = version;
      this.client = organization.admin().speaking(version.date());
    }

    Map<String, JsonNode> live() {
      String id = cluster();
      sqlUsers("/api/v1/clusters/" + id);
      if (version.compareTo(ApiVersion.V2022_09_20) >= 0) {
        databases("/api/v1/clusters/" + id);
        roles();
      }
      if (version.compareTo(ApiVersion.V2023_04_10) >= 0) {
        folders();
        accounts();
        keep("ListAuditLogs", client.get("/api/v1/auditlogevents?limit=1000"));
      }
      keep("DeleteCluster", client.delete("/api/v1/clusters/" + id));
      keep("ListClusters", client.get("/api/v1/clusters?show_inactive=true"));
      return answers;
    }

    private String cluster() {
      JsonNode created = keep("CreateCluster", client.post("/api/v1/clusters", newCluster()));
      String id = created.path("id").asText();
      organization.awaitState(id, "CREATED");
      String path = "/api/v1/clusters/" + id;
      keep("GetCluster", client.get(path));
      keep("UpdateCluster", client.patch(path, Map.of()));
      keep("ListClusterNodes", client.get(path + "/nodes"));
      keep("ListAvailableRegions", client.get("/api/v1/clusters/available-regions"));
      if (version.compareTo(ApiVersion.V2022_09_20) >= 0) {
        keep("GetConnectionString", client.get(path + "/connection-string?sql_user=someone"));
        keep("GetOrganizationInfo", client.get("/api/v1/organization"));
      }
      return id;
    }

    private Map<String, Object> newCluster() {
      Map<String, Object> serverless = new HashMap<>();
      serverless.put("regions", List.of("us-central1"));
      if (version != ApiVersion.NEWEST) {
        serverless.put("spend_limit", 0);
      }
      return Map.of(
          "name",
          "life-in-" + version.date(),
          "provider",
          "GCP",
          "spec",
          Map.of("serverless", serverless));
    }

    private void sqlUsers(String path) {
      Object newUser = Map.of("name", "someone", "password", "some password");
      keep("CreateSQLUser", client.post(path + "/sql-users", newUser));
      keep("ListSQLUsers", client.get(path + "/sql-users"));
      keep(
          "UpdateSQLUserPassword",
          client.put(path + "/sql-users/someone/password", Map.of("password", "another one")));
      keep("DeleteSQLUser", client.delete(path + "/sql-users/someone"));
    }

    private void databases(String path) {
      String all = path + "/databases";
      keep("CreateDatabase", client.post(all, Map.of("name", "one")));
      keep("EditDatabase2", client.patch(all, Map.of("name", "one", "new_name", "two")));
      keep("ListDatabases", client.get(all));
      if (version.compareTo(ApiVersion.V2023_04_10) >= 0) {
        keep("EditDatabase", client.patch(all + "/two", Map.of("new_name", "one")));
      }
      keep("DeleteDatabase", client.delete(all + "/" + lastDatabase()));
    }

    private String lastDatabase() {
      return version.compareTo(ApiVersion.V2023_04_10) >= 0 ? "one" : "two";
    }

    private void roles() {
      String user = organization.founded().serviceAccountId().toString();
      String role =
          version == ApiVersion.V2022_09_20
              ? "ORG_ROLE_BILLING_COORDINATOR"
              : "BILLING_COORDINATOR";
      String one = "/api/v1/roles/" + user + "/ORGANIZATION//" + role;
      keep("AddUserToRole", client.post(one, Map.of()));
      keep("RemoveUserFromRole", client.delete(one));
      JsonNode roles = keep("GetAllRolesForUser", client.get("/api/v1/roles/" + user));
      keep(
          "SetRolesForUser",
          client.put("/api/v1/roles/" + user, Map.of("roles", roles.path("roles"))));
      keep("ListRoleGrants", client.get("/api/v1/roles"));
    }

    private void folders() {
      JsonNode folder =
          keep(
              "CreateFolder",
              client.post("/api/v1/folders", Map.of("name", "folder " + version.date())));
      String path = "/api/v1/folders/" + folder.path("resource_id").asText();
      keep("GetFolder", client.get(path));
      keep("UpdateFolder", client.patch(path, Map.of("name", "renamed " + version.date())));
      keep("ListFolders", client.get("/api/v1/folders"));
      keep("ListFolderContents", client.get("/api/v1/folders/root/contents"));
      keep("DeleteFolder", client.delete(path));
    }

    private void accounts() {
      JsonNode account =
          keep(
              "CreateServiceAccount",
              client.post(
                  "/api/v1/service-accounts",
                  Map.of("name", "someone", "description", "", "roles", List.of())));
      String id = account.path("id").asText();
      String path = "/api/v1/service-accounts/" + id;
      keep("GetServiceAccount", client.get(path));
      keep("UpdateServiceAccount", client.patch(path, Map.of("description", "new")));
      keep("ListServiceAccounts", client.get("/api/v1/service-accounts"));
      keys(id);
      keep("DeleteServiceAccount", client.delete(path));
    }

    private void keys(String account) {
      JsonNode key =
          keep(
              "CreateApiKey",
              client.post(
                  "/api/v1/api-keys", Map.of("name", "key", "service_account_id", account)));
      String path = "/api/v1/api-keys/" + key.path("api_key").path("id").asText();
      keep("GetApiKey", client.get(path));
      keep("UpdateApiKey", client.patch(path, Map.of("name", "renamed")));
      keep("ListApiKeys", client.get("/api/v1/api-keys"));
      keep("DeleteApiKey", client.delete(path));
    }

    private JsonNode keep(String operation, ApiClient.Answer answer) {
      answers.put(operation, answer.ok());
      return answer.body();
    }
  }

  @Test
  void an_operating_system_had_a_prefix_once() {
    String path = "/api/v1/clusters/" + cluster + "/connection-string?os=";

    admin.speaking("2022-09-20").get(path + "OS_LINUX").ok();
    admin.get(path + "LINUX").ok();
    admin.get(path + "OS_LINUX").isRefused(400, 3);
  }

  @Test
  void a_plan_of_today_means_the_same_in_every_version() {
    Map<String, Object> standard = TestOrganization.standardCluster("standard-one");

    String id = admin.speaking("2022-03-31").post(CLUSTERS, standard).ok().path("id").asText();

    assertThat(organization.awaitState(id, "CREATED").path("plan").asText()).isEqualTo("STANDARD");
    var plan = Map.of("plan", "SERVERLESS");
    admin.speaking("2023-04-10").patch(CLUSTERS + "/" + id, plan).ok();
    admin.delete(CLUSTERS + "/" + id).ok();
  }

  @ParameterizedTest
  @EnumSource(value = ApiVersion.class, mode = EnumSource.Mode.EXCLUDE, names = "V2024_09_16")
  void what_a_cluster_may_cost_is_what_it_may_use(ApiVersion version) {
    ApiClient old = admin.speaking(version.date());
    Object serverless = Map.of("regions", List.of("us-central1"), "spend_limit", 500);
    Object body =
        Map.of(
            "name",
            "costs-" + version.date(),
            "provider",
            "GCP",
            "spec",
            Map.of("serverless", serverless));
    JsonNode created = old.post(CLUSTERS, body).ok();
    String id = created.path("id").asText();
    organization.awaitState(id, "CREATED");
    JsonNode limits = admin.get(CLUSTERS + "/" + id).ok().at("/config/serverless/usage_limits");

    assertThat(created.at("/config/serverless/spend_limit").asInt()).isEqualTo(500);
    assertThat(limits.path("request_unit_limit").asText()).isEqualTo("20000000");
    assertThat(limits.path("storage_mib_limit").asText()).isEqualTo("2048");
    for (Object nonsense : List.of(-1, "much", 1.5)) {
      assertThat(patch(old, id, nonsense).isRefused(400, 3).message()).contains("spend_limit");
    }
    patch(old, id, 0).ok();
    assertThat(old.get(CLUSTERS + "/" + id).ok().at("/config/serverless/spend_limit").asInt())
        .isZero();
    assertThat(admin.get(CLUSTERS + "/" + id).ok().at("/config/serverless").has("usage_limits"))
        .isFalse();
    organization.awaitState(id, "CREATED");
    admin.delete(CLUSTERS + "/" + id).ok();
  }

  @Test
  void the_first_version_pages_by_its_own_names() {
    ApiClient first = admin.speaking("2022-03-31");
    String regions = CLUSTERS + "/available-regions?pagination.limit=2";

    JsonNode page = first.get(regions + "&provider=CLOUD_PROVIDER_UNSPECIFIED").ok();
    String next = page.at("/pagination/next").asText();
    JsonNode second =
        first
            .get(regions + "&pagination.direction=PAGE_DIRECTION_NEXT&pagination.start_key=" + next)
            .ok();
    String last = second.at("/pagination/last").asText();
    JsonNode back =
        first
            .get(regions + "&pagination.direction=PAGE_DIRECTION_LAST&pagination.start_key=" + last)
            .ok();

    assertThat(second.path("regions"))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(page.path("regions"));
    assertThat(back.path("regions")).isEqualTo(page.path("regions"));
    first.get(regions + "&pagination.direction=SIDEWAYS").isRefused(400, 3);
    first
        .post(CLUSTERS, Map.of("name", "x", "provider", "CLOUD_PROVIDER_GCP", "spec", Map.of()))
        .isRefused(400, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "2022-03-31, start_key=garbage, pagination.start_key",
    "2022-03-31, time=2022-03-31T00:00:00Z, pagination.time",
    "2022-03-31, time=noon, pagination.time",
    "2022-03-31, order=SIDEWAYS, pagination.order",
    "2022-03-31, limit=-1, pagination.limit",
    "2022-07-12, page=garbage, pagination.page",
    "2022-07-12, as_of_time=noon, pagination.as_of_time",
    "2024-09-16, sort_order=SIDEWAYS, pagination.sort_order",
  })
  void a_bad_page_is_told_by_the_name_that_the_version_has(
      String version, String query, String member) {
    String path = CLUSTERS + "?pagination." + query;

    assertThat(admin.speaking(version).get(path).isRefused(400, 3).message())
        .startsWith("invalid argument: " + member + ": ");
  }

  @Test
  void a_bad_role_is_told_with_the_prefix_that_roles_had() {
    ApiClient old = admin.speaking("2022-09-20");
    String path = "/api/v1/roles/" + UUID.randomUUID();
    Object scope = Map.of("type", "ORGANIZATION");
    Object role = Map.of("name", "ORG_ROLE_CLUSTER_ADMN", "resource", scope);

    assertThat(old.put(path, Map.of("roles", List.of(role))).isRefused(400, 3).message())
        .startsWith("invalid argument: roles[0].name: invalid value 'ORG_ROLE_CLUSTER_ADMN'")
        .contains("must be one of ORG_ROLE_", "did you mean 'ORG_ROLE_CLUSTER_ADMIN'?");
    assertThat(old.post(path + "/ORGANIZATION/x/KING", "").isRefused(400, 3).message())
        .startsWith("invalid argument: role_name: ")
        .contains("must be one of ORG_ROLE_");
  }

  @ParameterizedTest
  @EnumSource(ApiVersion.class)
  void changing_and_deleting_a_cluster_answers_with_the_cluster(ApiVersion version) {
    ApiClient client = admin.speaking(version.date());
    String id = organization.cluster("answered-in-" + version.date());
    String path = CLUSTERS + "/" + id;

    JsonNode changed = client.patch(path, Map.of()).ok();
    JsonNode deleted = client.delete(path).ok();

    assertThat(changed.path("id").asText()).isEqualTo(id);
    assertThat(changed.path("state").asText()).isEqualTo("CREATED");
    assertThat(deleted.path("id").asText()).isEqualTo(id);
    assertThat(deleted.path("name").asText()).isEqualTo("answered-in-" + version.date());
    assertThat(deleted.path("state").asText()).isEqualTo("DELETED");
  }

  private static ApiClient.Answer patch(ApiClient client, String id, Object spendLimit) {
    Object change = Map.of("serverless", Map.of("spend_limit", spendLimit));
    return client.patch(CLUSTERS + "/" + id, change);
  }

  @Test
  void clusters_on_Azure_are_not_there_where_nobody_knew_of_it() {
    var dedicated =
        Map.of(
            "region_nodes", Map.of("westeurope", 1),
            "hardware", Map.of("machine_spec", Map.of("num_virtual_cpus", 2)));
    var body =
        Map.of("name", "azure-one", "provider", "AZURE", "spec", Map.of("dedicated", dedicated));
    String id = admin.post(CLUSTERS, body).ok().path("id").asText();
    organization.awaitState(id, "CREATED");

    assertThat(names(admin.speaking("2022-09-20"))).doesNotContain("azure-one");
    admin.speaking("2022-09-20").get(CLUSTERS + "/" + id).isRefused(404, 5);
    assertThat(names(admin.speaking("2023-04-10"))).contains("azure-one");
    admin.speaking("2023-04-10").get(CLUSTERS + "/" + id).ok();
    admin.delete(CLUSTERS + "/" + id).ok();
  }

  private static List<String> names(ApiClient client) {
    return client
        .get(CLUSTERS)
        .ok()
        .path("clusters")
        .valueStream()
        .map(one -> one.path("name").asText())
        .toList();
  }
}
