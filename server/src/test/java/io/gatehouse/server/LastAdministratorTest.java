package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.cloud.HostKeys.HostKey;
import io.gatehouse.cloud.apikey.ApiKeySecret;
import io.gatehouse.platform.error.GatehouseException;
import io.gatehouse.platform.secret.Secret;
import io.gatehouse.server.TestOrganization.Account;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** An organization always has an administrator who can sign in, and a way back on the host. */
class LastAdministratorTest {
  private static final String RULE =
      "an organization keeps at least one ORG_ADMIN that has an API key";
  private static final String ACCOUNTS = "/api/v1/service-accounts/";
  private static final String ROLES = "/api/v1/roles/";
  private static final String KEYS = "/api/v1/api-keys/";

  private final TestServer server = TestServer.shared();
  private final TestOrganization organization = server.organization();
  private final ApiClient admin = organization.admin();
  private final String first = organization.founded().serviceAccountId().toString();

  private static String id(Secret key) {
    return key.reveal().substring(0, key.reveal().lastIndexOf('_'));
  }

  private String firstKey() {
    return KEYS + id(organization.founded().key());
  }

  private static String adminRole(String account) {
    return ROLES + account + "/ORGANIZATION//ORG_ADMIN";
  }

  private static void isRefused(ApiClient.Answer answer) {
    assertThat(answer.isRefused(400, 9).message()).isEqualTo(RULE);
  }

  @Test
  void the_last_key_of_the_last_administrator_stays() {
    String second = KEYS + id(organization.key(first));
    organization.account("CLUSTER_ADMIN", "ORGANIZATION", organization.id());

    admin.delete(second).ok();

    isRefused(admin.delete(firstKey()));
    admin.get(firstKey()).ok();
  }

  @Test
  void an_administrator_without_a_key_is_nobody_to_leave_it_to() {
    Account second = organization.account("ORG_ADMIN", "ORGANIZATION", organization.id());
    admin.delete(KEYS + id(second.key())).ok();

    isRefused(admin.delete(firstKey()));
    isRefused(admin.delete(adminRole(first)));
    isRefused(admin.put(ROLES + first, Map.of("roles", List.of())));
    isRefused(admin.delete(ACCOUNTS + first));

    Secret again = organization.key(second.id());
    admin.delete(firstKey()).ok();
    server.as(again).delete(ACCOUNTS + first).ok();
    isRefused(server.as(again).delete(KEYS + id(again)));
  }

  @Test
  void keys_of_others_go_as_they_like() {
    Account other = organization.account("CLUSTER_ADMIN", "ORGANIZATION", organization.id());

    admin.delete(KEYS + id(other.key())).ok();
    admin.delete(ACCOUNTS + other.id()).ok();
  }

  @RepeatedTest(5)
  void of_two_who_delete_each_others_key_at_once_one_stays() {
    Account second = organization.account("ORG_ADMIN", "ORGANIZATION", organization.id());

    List<Integer> statuses =
        AtOnce.send(
            List.of(
                () -> admin.delete(KEYS + id(second.key())),
                () -> server.as(second.key()).delete(firstKey())));

    assertThat(statuses).containsOnlyOnce(200);
  }

  @RepeatedTest(5)
  void of_a_key_and_a_role_taken_at_once_one_stays() {
    Account second = organization.account("ORG_ADMIN", "ORGANIZATION", organization.id());

    List<Integer> statuses =
        AtOnce.send(
            List.of(
                () -> admin.delete(adminRole(second.id())),
                () -> server.as(second.key()).delete(firstKey())));

    assertThat(statuses).containsOnlyOnce(200);
  }

  private HostKey onTheHost(String name) {
    return server.installation().cloud().hostKeys().create(name);
  }

  @Test
  void a_key_made_on_the_host_signs_in_as_the_oldest_administrator_and_is_audited() {
    organization.account("ORG_ADMIN", "ORGANIZATION", organization.id());

    HostKey key = onTheHost(organization.founded().organization().name());

    assertThat(key.serviceAccountId().toString()).isEqualTo(first);
    ApiClient client = server.as(key.secret());
    client.delete(firstKey()).ok();
    new AuditRows(server, organization).age();
    JsonNode event =
        client
            .get("/api/v1/auditlogevents?sort_order=DESC&limit=1000")
            .ok()
            .path("entries")
            .valueStream()
            .filter(one -> one.path("payload").asText().contains(id(key.secret())))
            .findFirst()
            .orElseThrow();
    assertThat(event.path("action").asText()).isEqualTo("AUDIT_LOG_ACTION_CREATE_API_KEY");
    assertThat(event.path("system_actor_name").asText()).isEqualTo("SYSTEM_ACTOR_NAME_SYSTEM");
    assertThat(event.toString()).doesNotContain(key.secret().reveal().substring(29));
  }

  @Test
  void where_no_administrator_is_left_at_all_one_is_made() {
    server
        .installation()
        .store()
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "delete from cloud.service_account where organization_id = ?",
                    UUID.fromString(organization.id())));

    HostKey key = onTheHost(organization.id());

    server.as(key.secret()).get("/api/v1/roles").ok();
    assertThat(key.serviceAccountId().toString()).isNotEqualTo(first);
  }

  @Test
  void an_organization_must_be_there_and_be_meant() {
    server.installation().cloud().founding().found("Twins", ApiKeySecret.generate());
    server.installation().cloud().founding().found("Twins", ApiKeySecret.generate());

    assertThatThrownBy(() -> onTheHost("nobody's"))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("organization 'nobody's' not found");
    assertThatThrownBy(() -> onTheHost("Twins"))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining("give the id of one of them");
  }
}
