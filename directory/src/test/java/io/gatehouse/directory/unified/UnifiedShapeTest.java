package io.gatehouse.directory.unified;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.directory.GatewayKit;
import io.gatehouse.directory.connector.Connector;
import io.gatehouse.directory.connector.Source;
import io.gatehouse.platform.error.ErrorCode;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.json.Json;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** CockroachDB Cloud's records in the shape of the user directory. */
final class UnifiedShapeTest {
  private static final Connector CONNECTOR = GatewayKit.connector("cockroachdbcloud");
  private static final List<Source> SOURCES =
      Objects.requireNonNull(CONNECTOR.unified().get("user-directory/users")).sources();
  private final UnifiedShape<User> shape = new UnifiedShape<>(CONNECTOR, User.class, true);

  @Test
  void a_service_account_is_a_user_with_roles_and_their_scopes() {
    String record =
        """
        {"id":"s1","name":"robot","description":"","creator_name":"amy",
         "created_at":"2022-03-22T20:23:11.285067Z",
         "roles":[
           {"name":"ORG_MEMBER","resource":{"type":"ORGANIZATION","id":"o1"}},
           {"name":"CLUSTER_ADMIN","resource":{"type":"CLUSTER","id":"c1"}}],
         "group_roles":[
           {"group_names":["ops","dbas"],
            "role":{"name":"FOLDER_ADMIN","resource":{"type":"FOLDER","id":"f1"}}}]}
        """;
    assertThat(unified(SOURCES.getFirst(), record, null))
        .isEqualTo(
            compact(
                """
                {"id":"s1","name":"robot","status":"active",
                "roles":[
                {"id":"ORG_MEMBER","name":"ORG_MEMBER","organization":"o1"},
                {"id":"CLUSTER_ADMIN","name":"CLUSTER_ADMIN","workspace":"c1"},
                {"id":"FOLDER_ADMIN","name":"FOLDER_ADMIN","group":"ops","workspace":"f1"},
                {"id":"FOLDER_ADMIN","name":"FOLDER_ADMIN","group":"dbas","workspace":"f1"}],
                "user_type":"service-account","created_at":"2022-03-22T20:23:11.285067Z",
                "remote_data":%s}
                """
                    .formatted(compact(record))));
  }

  @Test
  void a_service_account_without_roles_has_none() {
    String record = "{\"id\":\"s1\",\"name\":\"robot\",\"roles\":[],\"group_roles\":[]}";
    assertThat(unified(SOURCES.getFirst(), record, null)).contains("\"roles\":[]");
  }

  @Test
  void a_sql_user_is_a_user_in_the_workspace_of_its_cluster() {
    assertThat(
            unified(SOURCES.getLast(), "{\"name\":\"amy\"}", "{\"id\":\"c1\",\"name\":\"prod\"}"))
        .isEqualTo(
            compact(
                """
                {"id":"c1:amy","name":"amy","username":"amy","status":"active",
                "user_type":"sql-user","workspaces":[{"id":"c1","name":"prod"}],
                "remote_data":{"name":"amy"}}
                """));
  }

  @Test
  void a_sql_user_without_a_name_is_a_failure_of_the_upstream() {
    for (String record : List.of("{}", "{\"name\":\"\"}", "{\"name\":null}")) {
      assertThatThrownBy(
              () -> unified(SOURCES.getLast(), record, "{\"id\":\"c1\",\"name\":\"prod\"}"))
          .hasMessageContaining("a record of sql-user is not understood: it has no id");
    }
  }

  @Test
  void a_user_has_every_member_of_the_user_directory() {
    String everything =
        """
        {"id":"1","external_id":"e","identifiers":{"crm":"c1","numbers":[1,2]},
        "first_name":"Amy","last_name":"Bee","name":"Amy Bee","username":"amy","title":"Dr",
        "emails":[{"email":"a@example.com","type":"work","is_primary":true}],
        "phones":[{"number":"1","extension":"2","type":"work"}],
        "status":"active","is_email_verified":true,"is_2fa_enabled":false,
        "roles":[{"id":"r","name":"R","group":"g","organization":"o","workspace":"w"}],
        "organizations":[{"id":"o","name":"O"}],"user_type":"user",
        "licenses":[{"id":"l","name":"L","organization":"o",
        "last_active_at":"2026-01-02T03:04:05Z"}],
        "groups":[{"id":"g","name":"G","organization":"o"}],
        "workspaces":[{"id":"w","name":"W"}],
        "avatar":"https://example.com/a.png","timezone":"UTC","bio":"b","languages":["en"],
        "urls":[{"url":"https://example.com/amy","type":"website"}],
        "created_at":"2026-01-02T03:04:05Z","updated_at":"2026-01-02T03:04:05Z",
        "last_active_at":"2026-01-02T03:04:05Z","last_login_at":"2026-01-02T03:04:05Z",
        "remote_data":{"id":1}}
        """;
    assertThat(Json.write(Json.read(everything, User.class))).isEqualTo(compact(everything));
  }

  @Test
  void a_record_that_does_not_fit_the_shape_is_a_failure_of_the_upstream() {
    assertThatThrownBy(() -> unified(SOURCES.getFirst(), "{\"name\":\"no id\"}", null))
        .isInstanceOfSatisfying(
            GatehouseException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_FAILED))
        .hasMessageContaining("a record of service-account is not understood: it has no id");
    assertThatThrownBy(
            () -> unified(SOURCES.getFirst(), "{\"id\":\"s1\",\"created_at\":\"once\"}", null))
        .hasMessageContaining("is not understood");
  }

  private String unified(Source source, String record, @Nullable String parent) {
    JsonNode parentNode = parent == null ? null : Json.read(parent, JsonNode.class);
    return Json.write(
        shape.of(new NestedPages.Found(source, Json.read(record, JsonNode.class), parentNode)));
  }

  private static String compact(String json) {
    return Json.write(Json.read(json, JsonNode.class));
  }
}
