package io.gatehouse.directory.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.platform.config.ConfigException;
import io.gatehouse.platform.error.GatehouseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connector is read whole and right, or the start stops with the name of the file. */
final class ConnectorLoaderTest {
  private static final String MAIN = "cockroachdbcloud/connector.yaml";
  private static final String USERS = "cockroachdbcloud/user-directory/users.yaml";
  private static final String SQL_USER = "cockroachdbcloud/user-directory/sql-user.jsonata";

  private final Map<String, Optional<String>> changed = new HashMap<>();

  @Test
  void the_connectors_of_this_program_are_loaded() {
    Connectors connectors = loader().load();
    assertThat(connectors.all()).extracting(Connector::name).containsExactly("cockroachdbcloud");
    assertThat(connectors.require("cockroachdbcloud").unified())
        .containsOnlyKeys("user-directory/users");
  }

  @Test
  void an_unknown_integration_is_told_with_the_near_one() {
    Connectors connectors = loader().load();
    assertThatThrownBy(() -> connectors.require("cockroachcloud"))
        .isInstanceOf(GatehouseException.class)
        .hasMessage(
            "invalid argument: integration: there is no integration 'cockroachcloud'; did you mean"
                + " 'cockroachdbcloud'?");
  }

  @Test
  void an_unknown_member_stops_the_start() {
    change(MAIN, "category: Default", "category: Default\ncolour: red");
    assertStops(MAIN, "colour");
  }

  @Test
  void an_unknown_member_deep_inside_stops_the_start() {
    change(MAIN, "items: clusters", "items: clusters\n    colour: red");
    assertStops(MAIN, "colour");
  }

  @Test
  void a_missing_part_stops_the_start() {
    change(MAIN, "  path: /api/v1/organization", "");
    assertStops(MAIN, "'path' is missing");
  }

  @Test
  void an_empty_part_stops_the_start() {
    change(MAIN, "header: Authorization", "header:");
    assertStops(MAIN, "'header' is missing");
  }

  @Test
  void a_missing_number_stops_the_start() {
    change(MAIN, "requests: 10", "requests: 0");
    assertStops(MAIN, "'rate_limit.requests' must be at least 1");
  }

  @Test
  void an_unknown_style_of_paging_stops_the_start() {
    change(MAIN, "style: token", "style: guess");
    assertStops(MAIN, "guess");
  }

  @Test
  void a_member_given_twice_stops_the_start() {
    change(MAIN, "category: Default", "category: Default\ncategory: Other");
    assertStops(MAIN, "category");
  }

  @Test
  void an_authorization_with_something_that_is_no_secret_stops_the_start() {
    change(MAIN, "Bearer {{api_key}}", "Bearer {{base_url}}");
    assertStops(MAIN, "{{base_url}}, which is no secret credential");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer {{apiKey}}", "Bearer {{key2}}", "Bearer {api_key}", "{{api_key}} }"})
  void an_authorization_with_a_place_that_is_none_stops_the_start(String value) {
    change(MAIN, "value: Bearer {{api_key}}", "value: \"" + value + "\"");
    assertStops(MAIN, "has a brace that is of no place");
    assertStops(MAIN, "authorization");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nodes/{id2}", "/nodes/{nodeId}", "/nodes/{{cluster_id}}", "/nodes/}"})
  void a_path_with_a_parameter_that_is_none_stops_the_start(String path) {
    change(MAIN, "path: /api/v1/clusters/{cluster_id}/nodes", "path: \"" + path + "\"");
    assertStops(MAIN, "has a brace that is of no place");
  }

  @Test
  void a_check_with_a_parameter_stops_the_start() {
    change(MAIN, "path: /api/v1/organization", "path: \"/api/v1/clusters/{cluster_id}\"");
    assertStops(MAIN, "'check.path' cannot have parameters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "$count($keys($)) = 0", "$not($exists(error))"})
  void a_check_that_anything_passes_stops_the_start(String holds) {
    change(MAIN, "holds: $type(id) = \"string\" and $type(name) = \"string\"", "holds: " + holds);
    assertStops(MAIN, "'check.holds' must not hold for an empty object");
  }

  @Test
  void a_check_that_does_not_say_what_it_expects_stops_the_start() {
    change(MAIN, "  answer: an organization with an id and a name\n", "");
    assertStops(MAIN, "'answer' is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bad Name", "Host", "content-length"})
  void a_header_that_cannot_be_sent_stops_the_start(String name) {
    change(MAIN, "Cc-Version: ", name + ": ");
    assertStops(MAIN, name);
    changed.clear();
    change(MAIN, "header: Authorization", "header: " + name);
    assertStops(MAIN, name);
  }

  @Test
  void a_connector_that_is_named_twice_stops_the_start() {
    changed.put("index.yaml", Optional.of("- cockroachdbcloud\n- cockroachdbcloud\n"));
    assertStops("index.yaml", "has cockroachdbcloud twice");
  }

  @Test
  void a_unified_resource_that_is_named_twice_stops_the_start() {
    change(MAIN, "- user-directory/users", "- user-directory/users\n  - user-directory/users");
    assertStops(MAIN, "'unified' has user-directory/users twice");
  }

  @Test
  void a_name_that_is_not_the_folders_stops_the_start() {
    change(MAIN, "name: cockroachdbcloud", "name: cockroach");
    assertStops(MAIN, "'name' must be the name of the folder");
  }

  @Test
  void jsonata_that_does_not_compile_stops_the_start() {
    change(SQL_USER, "response.{", "response.{{");
    assertStops(SQL_USER, "is not JSONata");
  }

  @Test
  void a_condition_that_does_not_compile_stops_the_start() {
    change(USERS, "state in [\"CREATED\", \"LOCKED\"]", "state in [");
    assertStops(USERS, "is not JSONata");
  }

  @Test
  void a_missing_file_stops_the_start() {
    changed.put(SQL_USER, Optional.empty());
    assertStops(SQL_USER, "is missing");
  }

  @Test
  void an_unknown_resource_stops_the_start_with_the_near_one() {
    change(USERS, "resource: clusters", "resource: cluster");
    assertStops(USERS, "there is no resource 'cluster'; did you mean 'clusters'?");
  }

  @Test
  void a_parameter_that_nothing_fills_stops_the_start() {
    change(USERS, "cluster_id: id", "cluster: id");
    assertStops(USERS, "must fill the parameters [cluster_id]");
  }

  @Test
  void two_sources_of_one_name_stop_the_start() {
    change(USERS, "name: sql-user", "name: service-account");
    assertStops(USERS, "two sources are named service-account");
  }

  @Test
  void a_source_that_is_not_there_is_told_with_those_that_are() {
    UnifiedResource users =
        Objects.requireNonNull(
            loader().load().require("cockroachdbcloud").unified().get("user-directory/users"));
    assertThat(users.selected(Optional.of("sql-user")))
        .extracting(Source::name)
        .isEqualTo(List.of("sql-user"));
    assertThatThrownBy(() -> users.selected(Optional.of("sqluser")))
        .hasMessage(
            "invalid argument: user_type: must be one of service-account, sql-user; did you mean"
                + " 'sql-user'?");
  }

  private void change(String file, String from, String to) {
    String text = ConnectorFiles.ofThisProgram().read(file).orElseThrow();
    assertThat(text).contains(from);
    changed.put(
        file, Optional.of(text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to))));
  }

  private void assertStops(String file, String reason) {
    assertThatThrownBy(() -> loader().load())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(reason);
  }

  private ConnectorLoader loader() {
    ConnectorFiles real = ConnectorFiles.ofThisProgram();
    return new ConnectorLoader(
        path -> changed.containsKey(path) ? changed.get(path) : real.read(path));
  }
}
