package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.cloud.version.ApiVersion;
import io.gatehouse.cloud.version.OfficialOperations;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.secret.Secret;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An operation of the official API that is not built is told so, and not taken for gone. */
class NotBuiltTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private final TestServer server = TestServer.shared();
  private final ApiClient admin = server.organization().admin();

  @Test
  void it_is_answered_501_with_its_name_in_the_versions_that_have_it() {
    String cmek = "/api/v1/clusters/a/cmek";

    assertThat(admin.get(cmek).isRefused(501, 12).message())
        .isEqualTo("GetCMEKClusterInfo is not implemented");
    assertThat(admin.speaking("2022-03-31").post(cmek, "{}").isRefused(501, 12).message())
        .startsWith("EnableCMEK ");
    assertThat(admin.post(cmek, "{}").isRefused(501, 12).message()).startsWith("EnableCMEKSpec ");
    assertThat(admin.get(cmek).header("Cc-Version")).contains("2024-09-16");
    admin.speaking("2023-04-10").get("/api/v1/api_oidc").isRefused(501, 12);
    admin.get("/api/v1/api_oidc").isRefused(404, 5);
    admin.speaking("2022-09-20").get("/api/v1/api_oidc").isRefused(404, 5);
  }

  @Test
  void what_no_version_has_is_not_found_and_a_wrong_method_is_told_so() {
    admin.get("/api/v1/clusters/a/nothing").isRefused(404, 5);
    admin.get("/api/v1/clusters/a/cmek/").isRefused(404, 5);
    admin.put("/api/v1/clusters", "{}").isRefused(405, 12);
  }

  @Test
  void who_proves_nothing_is_told_nothing() {
    Secret stranger = Secret.of("CCDB1_" + "a".repeat(22) + "_" + "b".repeat(40));

    server.asNobody().get("/api/v1/clusters/a/cmek").isRefused(401, 16);
    server.as(stranger).get("/api/v1/clusters/a/cmek").isRefused(401, 16);
  }

  @ParameterizedTest
  @EnumSource(ApiVersion.class)
  void every_operation_of_the_official_document_is_served_or_told_to_be_missing(
      ApiVersion version) {
    boolean first = version == ApiVersion.V2022_03_31;
    JsonNode document =
        ApiDocument.reference(first ? "2022-03-31-released" : version.date()).json();
    Set<String> official = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          String name = method.getValue().path("operationId").asText().replaceFirst(".*_", "");
          official.add(method.getKey() + " " + path.getKey() + " " + name);
          isServedOrMissing(version, method.getKey(), path.getKey(), name);
        }
      }
    }
    assertThat(listed(version)).isEqualTo(official);
  }

  private void isServedOrMissing(ApiVersion version, String method, String path, String name) {
    String at = path.replaceAll("\\{[^}]*}", "00000000-0000-7000-8000-00000000abcd");
    ApiClient client = admin.speaking(version.date());
    ApiClient.Answer answer = client.send(method.toUpperCase(Locale.ROOT), at, null);
    if (isBuilt(version, method, path)) {
      assertThat(answer.message()).as(method + " " + path).doesNotContain("no such operation");
    } else {
      assertThat(answer.isRefused(501, 12).message()).isEqualTo(name + " is not implemented");
    }
  }

  private static boolean isBuilt(ApiVersion version, String method, String path) {
    return Operations.ALL.stream()
        .filter(operation -> operation.since().compareTo(version.date()) <= 0)
        .filter(operation -> operation.method().name().equalsIgnoreCase(method))
        .map(NotBuiltTest::shape)
        .anyMatch(shape -> shape.equals(path.replaceAll("\\{[^}]*}", "{}")));
  }

  private static String shape(Operation<?, ?> operation) {
    return operation.path().text().replaceAll("\\{[^}]*}", "{}");
  }

  private static Set<String> listed(ApiVersion version) {
    return OfficialOperations.read().all().stream()
        .filter(official -> official.since().compareTo(version.date()) <= 0)
        .filter(official -> official.until().compareTo(version.date()) >= 0)
        .map(
            official ->
                official.method().toLowerCase(Locale.ROOT)
                    + " "
                    + official.path().text()
                    + " "
                    + official.name())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
