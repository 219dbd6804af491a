package io.gatehouse.platform.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.access.Permission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationCatalogTest {
  record Input() {}

  record Output() {}

  private static Operation.Declaration<Input, Output> declare(HttpMethod method, String path) {
    return Operation.declare(new Api("test", "/"), method, path, Input.class, Output.class);
  }

  private static Operation<Input, Output> read(String path) {
    return declare(HttpMethod.GET, path)
        .id("Read" + path, "Tests")
        .allow(Permission.READ_ORGANIZATION, Target.organization())
        .summary("Reads something");
  }

  private static Route<?, ?> served(Operation<Input, Output> operation) {
    return Route.of(operation, (call, input) -> new Output());
  }

  @Test
  void a_complete_operation_is_accepted() {
    Operation<Input, Output> operation = read("/a");

    assertThat(new OperationCatalog(List.of(operation), List.of(served(operation))).operations())
        .hasSize(1);
  }

  @Test
  void an_operation_without_a_handler_stops_the_start() {
    assertThatThrownBy(() -> new OperationCatalog(List.of(read("/a")), List.of()))
        .hasMessageContaining("has 0 handlers");
  }

  @Test
  void an_operation_without_a_permission_stops_the_start() {
    Operation<Input, Output> open =
        declare(HttpMethod.GET, "/a").id("Open", "Tests").summary("Lets everyone in");

    assertThatThrownBy(() -> new OperationCatalog(List.of(open), List.of(served(open))))
        .hasMessageContaining("has no permission rule");
  }

  @Test
  void a_change_without_an_audit_action_stops_the_start() {
    Operation<Input, Output> silent =
        declare(HttpMethod.POST, "/a")
            .id("Silent", "Tests")
            .allow(Permission.READ_ORGANIZATION, Target.organization())
            .summary("Changes something in secret");

    assertThatThrownBy(() -> new OperationCatalog(List.of(silent), List.of(served(silent))))
        .hasMessageContaining("audit action");
  }

  @Test
  void two_operations_on_one_path_stop_the_start() {
    Operation<Input, Output> one = read("/a/{x}");
    Operation<Input, Output> same = read("/a/{y}");

    assertThatThrownBy(
            () -> new OperationCatalog(List.of(one, same), List.of(served(one), served(same))))
        .hasMessageContaining("claims a path");
  }

  @Test
  void a_path_gives_the_values_of_its_parameters_empty_ones_too() {
    PathTemplate path = PathTemplate.of("/roles/{user}/{type}/{resource}/{role}");

    assertThat(path.values(List.of("roles", "u", "ORGANIZATION", "", "ORG_ADMIN")))
        .isEqualTo(
            Map.of("user", "u", "type", "ORGANIZATION", "resource", "", "role", "ORG_ADMIN"));
  }
}
