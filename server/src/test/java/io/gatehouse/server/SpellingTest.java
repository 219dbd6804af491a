package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.json.JsonStyle;
import io.gatehouse.platform.json.Spellings;
import io.gatehouse.platform.operation.Operation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A member that is given in both spellings is refused: only one of them could count. */
class SpellingTest {
  private final TestOrganization organization = TestServer.shared().organization();
  private final ApiClient admin = organization.admin();

  @Test
  void in_a_body() {
    ApiClient.Answer refused =
        admin.post("/api/v1/folders", Map.of("name", "a", "parent_id", "root", "parentId", "root"));

    assertThat(refused.isRefused(400, 3).message())
        .isEqualTo("invalid argument: parent_id: must not be given a second time as 'parentId'");
    assertThat(admin.get("/api/v1/folders").ok().path("folders")).isEmpty();
  }

  @Test
  void inside_a_body() {
    Map<String, Object> limits = new LinkedHashMap<>();
    limits.put("provisioned_virtual_cpus", "2");
    limits.put("provisionedVirtualCpus", "4");
    Map<String, Object> cluster = new LinkedHashMap<>();
    cluster.put("name", "twice-said");
    cluster.put("provider", "GCP");
    cluster.put(
        "spec",
        Map.of("serverless", Map.of("regions", List.of("us-east1"), "usage_limits", limits)));

    assertThat(admin.post("/api/v1/clusters", cluster).isRefused(400, 3).message())
        .contains("spec.serverless.usage_limits.provisioned_virtual_cpus: must not be given");
    assertThat(admin.get("/api/v1/clusters").ok().path("clusters")).isEmpty();
  }

  @Test
  void in_a_query() {
    assertThat(
            admin
                .get("/api/v1/clusters?show_inactive=true&showInactive=false")
                .isRefused(400, 3)
                .message())
        .contains("show_inactive: must not be given a second time as 'showInactive'");
    assertThat(
            admin
                .get("/api/v1/clusters?pagination.sort_order=ASC&pagination.sortOrder=DESC")
                .isRefused(400, 3)
                .message())
        .contains("pagination.sort_order: must not be given a second time as 'sortOrder'");
  }

  @Test
  void in_an_older_version() {
    ApiClient older = admin.speaking("2022-03-31");
    older.get("/api/v1/clusters?show_inactive=true&showInactive=true").isRefused(400, 3);
  }

  @TestFactory
  Stream<DynamicTest> of_every_operation_every_member() {
    return Operations.ALL.stream()
        .filter(operation -> !members(operation.input()).isEmpty())
        .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> everyMember(operation)));
  }

  private static void everyMember(Operation<?, ?> operation) {
    Spellings spellings = Spellings.of(operation.input(), JsonStyle.SNAKE_CASE);
    for (List<RecordComponent> path : members(operation.input())) {
      ObjectNode root = Json.MAPPER.createObjectNode();
      ObjectNode node = root;
      for (RecordComponent outer : path.subList(0, path.size() - 1)) {
        node = node.putObject(outer.getName());
      }
      node.putNull(path.getLast().getName()).putNull(snakeCase(path.getLast().getName()));
      assertThat(spellings.findTwice(root)).as(root.toString()).isPresent();
    }
  }

  /** The ways to all components whose names have two spellings, through records alone. */
  private static List<List<RecordComponent>> members(Class<?> type) {
    List<List<RecordComponent>> found = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (!snakeCase(component.getName()).equals(component.getName()) && !isAnySetter(component)) {
        found.add(List.of(component));
      }
      if (raw(component.getGenericType()).isRecord()) {
        for (List<RecordComponent> inner : members(raw(component.getGenericType()))) {
          List<RecordComponent> path = new ArrayList<>(List.of(component));
          path.addAll(inner);
          found.add(path);
        }
      }
    }
    return found;
  }

  private static boolean isAnySetter(RecordComponent component) {
    return component.getType() == Map.class;
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType generic ? raw(generic.getRawType()) : (Class<?>) type;
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
