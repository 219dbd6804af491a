package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.cloud.api.CloudApi;
import io.gatehouse.platform.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server says of its APIs at {@code /openapi.json} and {@code /openapi/unified.json}. */
class OpenApiTest {
  private final TestServer server = TestServer.shared();
  private final ApiDocument document = server.document();
  private final ApiDocument unified = server.unifiedDocument();

  @Test
  void every_operation_is_described_with_its_parameters_and_its_answers() {
    for (Operation<?, ?> operation : Operations.ALL) {
      boolean isCloud = operation.api().equals(CloudApi.API);
      JsonNode described = (isCloud ? document : unified).operationNode(operation);

      assertThat(described.path("operationId").asText()).isEqualTo(operation.id());
      assertThat(parameters(described, "path"))
          .containsExactlyElementsOf(operation.path().parameters());
      assertThat(described.has("requestBody")).isEqualTo(operation.method().hasBody());
      assertThat(described.at("/responses/default/content/application~1json/schema").has("$ref"))
          .as("the form of errors of " + operation)
          .isTrue();
    }
  }

  private static List<String> parameters(JsonNode operation, String in) {
    List<String> names = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("in").asText().equals(in)) {
        names.add(parameter.path("name").asText());
      }
    }
    return names;
  }

  @Test
  void every_reference_leads_to_a_schema_with_a_proper_name() {
    List<JsonNode> references = document.json().findValues("$ref");

    assertThat(references).isNotEmpty();
    for (JsonNode reference : references) {
      String pointer = reference.asText().substring(1);
      assertThat(document.json().at(pointer).isObject()).as(pointer).isTrue();
    }
    document
        .json()
        .at("/components/schemas")
        .fieldNames()
        .forEachRemaining(name -> assertThat(name).matches("[a-zA-Z0-9._-]+"));
  }

  @Test
  void what_constrains_an_input_is_told() {
    JsonNode cluster = schemaOfBody("/api/v1/clusters", "post");
    JsonNode users = unified.json().at("/paths/~1unified~1user-directory~1users/get/parameters");

    assertThat(cluster.at("/properties/name/pattern").asText()).startsWith("^").endsWith("$");
    assertThat(cluster.path("required"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("name", "provider", "spec");
    assertThat(users)
        .filteredOn(one -> one.path("required").asBoolean())
        .extracting(one -> one.path("name").asText())
        .containsExactly("integrated_account_id");
  }

  private JsonNode schemaOfBody(String path, String method) {
    return document
        .json()
        .path("paths")
        .path(path)
        .path(method)
        .at("/requestBody/content/application~1json/schema");
  }

  @Test
  void refusals_have_the_form_that_is_told() {
    JsonNode ofCloud = server.asNobody().get("/api/v1/clusters").isRefused(401, 16).body();
    JsonNode ofUnified = server.asNobody().get("/integrated-account").body();

    assertThat(document.json().at("/components/schemas/Status/required"))
        .allMatch(member -> ofCloud.has(member.asText()))
        .hasSize(ofCloud.size());
    assertThat(unified.json().at("/components/schemas/UnifiedError/required"))
        .allMatch(member -> ofUnified.has(member.asText()))
        .hasSize(3);
  }
}
