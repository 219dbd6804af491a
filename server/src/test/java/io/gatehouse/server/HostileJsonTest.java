package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.platform.operation.Operation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever JSON is sent, to whichever operation, is accepted or refused, and never a failure. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileJsonTest {
  private final TestServer server = TestServer.shared();
  private final TestOrganization organization = server.organization();
  private final ApiClient admin = organization.admin();
  private Samples samples = new Samples("", "");

  @BeforeAll
  void prepare() {
    samples =
        new Samples(organization.cluster("hostile-json"), organization.folder("Hostile", "root"));
  }

  private static Stream<Operation<?, ?>> withBody() {
    return Operations.ALL.stream().filter(operation -> operation.method().hasBody());
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  /** Bodies with something odd in members of every name that operations know. */
  private static List<String> bodies() {
    List<String> values =
        List.of(
            "null",
            "[null]",
            "{\"a\":null}",
            "1e999999999",
            "-0.0",
            "9".repeat(900),
            "\"" + "a".repeat(40_000) + "\"",
            "{\"" + "b".repeat(40_000) + "\":1}",
            nested(90),
            "{\"a\":".repeat(90) + "1" + "}".repeat(90));
    return values.stream().map(HostileJsonTest::everywhere).toList();
  }

  private static String everywhere(String value) {
    StringBuilder body = new StringBuilder("{");
    for (String name :
        List.of(
            "name",
            "roles",
            "labels",
            "spec",
            "context",
            "parent_id",
            "plan",
            "provider",
            "serverless",
            "dedicated",
            "usage_limits",
            "password",
            "new_name",
            "description",
            "service_account_id",
            "tenant_id",
            "integration",
            "delete_protection",
            "pagination",
            "cockroach_version",
            "authentication_method",
            "nobody_knows_this")) {
      body.append(body.length() > 1 ? "," : "");
      body.append("\"").append(name).append("\":").append(value);
    }
    return body.append("}").toString();
  }

  @ParameterizedTest
  @MethodSource("withBody")
  void odd_values_are_never_a_failure(Operation<?, ?> operation) {
    for (String body : bodies()) {
      for (String version : List.of("2024-09-16", "2023-04-10", "2022-09-20", "2022-03-31")) {
        ApiClient.Answer answer = send(operation, version, body);

        assertThat(answer.status())
            .as("%s %s: %s", version, body.substring(0, 40), answer.response().body())
            .isIn(200, 400, 404, 409);
        assertThat(answer.response().body()).hasSizeLessThan(200_000);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("withBody")
  void what_is_nested_too_deep_is_refused(Operation<?, ?> operation) {
    for (int depth : List.of(101, 500, 998, 999, 1000, 1001, 5000)) {
      for (String body :
          List.of(
              "{\"a\":" + nested(depth) + "}",
              "{\"a\":".repeat(depth) + "1" + "}".repeat(depth),
              "{\"context\":{\"a\":" + nested(depth) + "}}")) {
        ApiClient.Answer answer = send(operation, "2024-09-16", body);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.response().body()).contains("nested too deep");
      }
    }
  }

  private ApiClient.Answer send(Operation<?, ?> operation, String version, String body) {
    Samples.Sample sample = samples.of(operation);
    return admin.speaking(version).send(sample.method().name(), sample.path(), body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"a\"}{}",
        "{\"name\":\"a\"} garbage",
        "{\"name\":\"a\",}",
        "{'name':'a'}",
        "{\"name\":NaN}",
        "{\"name\":\"a\\u0000\"}",
        "{\"name\":\"\\ud83d\"}",
        "{\"\\ud83d\":1}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"name\":\"a\",\"parent_id\":\"root\",\"parentId\":\"root\"}",
        "[]",
        "\"text\"",
        "1",
        " ",
        "\u0000",
      })
  void what_is_no_proper_object_is_refused(String body) {
    admin.post("/api/v1/folders", body).isRefused(400, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pagination.page", "pagination.limit", "a.b.c", "pagination", ".", "a."})
  void odd_parameters_are_never_a_failure(String name) {
    for (String value : List.of("%00", "%ff", "null", "%5B".repeat(2000), "1e9", "-1")) {
      ApiClient.Answer answer = admin.get("/api/v1/clusters?" + name + "=" + value);

      assertThat(answer.status()).as(name + "=" + value).isIn(200, 400, 414);
    }
  }

  @Test
  void null_for_a_list_or_a_map_is_an_empty_one() {
    TestOrganization.Account account =
        organization.account("CLUSTER_CREATOR", "ORGANIZATION", organization.id());
    String roles = "/api/v1/roles/" + account.id();

    admin.put(roles, "{\"roles\":null}").ok();
    assertThat(admin.get(roles).ok().path("roles"))
        .noneMatch(role -> role.path("name").asText().equals("CLUSTER_CREATOR"));
    assertThat(admin.put(roles, "{}").isRefused(400, 3).message()).contains("roles");
    admin
        .post("/api/v1/service-accounts", "{\"name\":\"a\",\"description\":\"\",\"roles\":null}")
        .ok();
    String folder =
        admin
            .post("/api/v1/folders", "{\"name\":\"Null\",\"labels\":null}")
            .ok()
            .path("resource_id")
            .asText();
    admin.patch("/api/v1/folders/" + folder, Map.of("labels", Map.of("a", "b"))).ok();
    assertThat(labels(admin.patch("/api/v1/folders/" + folder, "{}"))).isEqualTo("{\"a\":\"b\"}");
    assertThat(labels(admin.patch("/api/v1/folders/" + folder, "{\"labels\":null}")))
        .isEqualTo("{}");
  }

  private static String labels(ApiClient.Answer answer) {
    return answer.ok().path("labels").toString();
  }

  @Test
  void null_within_a_specification_is_empty_too() {
    String spec =
        """
        {"name":"null-regions","provider":"GCP","spec":{"labels":null,
        "serverless":{"regions":null}}}
        """;

    assertThat(admin.post("/api/v1/clusters", spec).isRefused(400, 3).message())
        .contains("spec.serverless.regions: must name at least one region");
  }
}
