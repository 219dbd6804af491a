package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.json.Json;
import io.gatehouse.platform.secret.Secret;
import io.gatehouse.server.TestOrganization.Account;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that are refused leave a trace in the audit log, but not one for each. */
class RefusedCallTest {
  private static final String EVENTS = "/api/v1/auditlogevents";
  private static final String CLUSTERS = "/api/v1/clusters";
  private static final String FOLDERS = "/api/v1/folders";

  private final TestServer server = TestServer.shared();
  private final TestOrganization organization = server.organization();
  private final ApiClient admin = organization.admin();
  private final AuditRows rows = new AuditRows(server, organization);

  @BeforeEach
  void forgetTheFounding() {
    rows.clear();
  }

  private List<JsonNode> events(long refused, Runnable calls) {
    rows.refuse(refused, calls);
    rows.age();
    return admin.get(EVENTS + "?limit=1000").ok().path("entries").valueStream().toList();
  }

  private static JsonNode payload(JsonNode event) {
    return Json.read(event.path("payload").asText(), JsonNode.class);
  }

  private static JsonNode only(List<JsonNode> events, String action) {
    List<JsonNode> found =
        events.stream()
            .filter(event -> event.path("action").asText().equals("AUDIT_LOG_ACTION_" + action))
            .toList();
    assertThat(found).as(action).hasSize(1);
    return found.getFirst();
  }

  @Test
  void what_a_caller_may_not_do_is_counted_by_caller_action_and_minute() {
    Account account = organization.account("BILLING_VIEWER", "ORGANIZATION", organization.id());
    ApiClient client = server.as(account.key());
    String cluster = CLUSTERS + "/" + UUID.randomUUID();

    List<JsonNode> events =
        events(
            61,
            () -> {
              for (int i = 0; i < 20; i++) {
                client.get(cluster).isRefused(403, 7);
                client.delete(cluster).isRefused(403, 7);
                client.post(FOLDERS, Map.of("name", "Folder")).isRefused(403, 7);
              }
              client.get(EVENTS).isRefused(403, 7);
              client.get("/api/v1/organization").ok();
            });
    assertThat(events).hasSize(3);
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.path("error").asText()).isEqualTo("permission denied");
              assertThat(event.path("service_account_name").asText())
                  .isEqualTo("BILLING_VIEWER on ORGANIZATION");
              assertThat(event.path("source").asText()).isEqualTo("AUDIT_LOG_SOURCE_CC_API");
              assertThat(event.path("metadata").path("ip_address").asText()).isEqualTo("127.0.0.1");
              assertThat(payload(event).path("service_account_id").asText())
                  .isEqualTo(account.id());
            });
    assertThat(payload(only(events, "DELETE_CLUSTER")).path("count").asInt()).isEqualTo(20);
    assertThat(payload(only(events, "DELETE_CLUSTER")).at("/path/cluster_id").asText())
        .isEqualTo(cluster.substring(cluster.lastIndexOf('/') + 1));
    assertThat(payload(only(events, "CREATE_FOLDER")).path("count").asInt()).isEqualTo(20);
    JsonNode reads = payload(only(events, "READ"));
    assertThat(reads.path("count").asInt()).isEqualTo(21);
    assertThat(reads.path("operations"))
        .extracting(call -> call.path("operation").asText() + " " + call.path("count").asInt())
        .containsExactlyInAnyOrder("GetCluster 20", "ListAuditLogs 1");
  }

  @Test
  void a_wrong_secret_of_a_known_key_is_told_to_the_organization_of_the_key() {
    String key = organization.founded().key().reveal();
    String wrong = key.substring(0, key.length() - 1) + (key.endsWith("x") ? "y" : "x");
    TestOrganization other = server.organization();
    new AuditRows(server, other).clear();

    List<JsonNode> events =
        events(
            5,
            () -> {
              for (int i = 0; i < 5; i++) {
                server.as(Secret.of(wrong)).get(CLUSTERS).isRefused(401, 16);
              }
            });
    JsonNode event = only(events, "USER_LOGIN");
    assertThat(event.path("error").asText()).isEqualTo("unauthenticated");
    assertThat(event.path("metadata").path("ip_address").asText()).isEqualTo("127.0.0.1");
    assertThat(event.path("service_account_name").asText()).isEmpty();
    assertThat(event.has("system_actor_name")).isFalse();
    assertThat(payload(event).path("count").asInt()).isEqualTo(5);
    assertThat(event.toString()).doesNotContain(wrong.substring(29));
    assertThat(other.admin().get(EVENTS).ok().path("entries")).isEmpty();
  }

  @Test
  void a_key_that_nobody_has_is_nobodys_where_there_are_several_organizations() {
    server.asNobody().get(CLUSTERS).isRefused(401, 16);
    server
        .as(Secret.of("CCDB1_0000000000000000000000_" + "0".repeat(40)))
        .get(CLUSTERS)
        .isRefused(401, 16);
    ApiClient member =
        server.as(organization.account("ORG_MEMBER", "ORGANIZATION", organization.id()).key());

    assertThat(events(1, () -> member.get(CLUSTERS).isRefused(403, 7)))
        .extracting(event -> event.path("action").asText())
        .containsExactly("AUDIT_LOG_ACTION_READ");
  }
}
