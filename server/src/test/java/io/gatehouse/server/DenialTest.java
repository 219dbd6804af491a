package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cloud.api.CloudApi;
import io.gatehouse.cloud.auditlog.AuditLogOperations;
import io.gatehouse.directory.UnifiedApi;
import io.gatehouse.platform.access.Permission;
import io.gatehouse.platform.access.ResourceType;
import io.gatehouse.platform.access.Role;
import io.gatehouse.platform.operation.Api;
import io.gatehouse.platform.operation.Operation;
import io.gatehouse.platform.operation.Target;
import io.gatehouse.platform.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tries every operation with every role on every scope, and with none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DenialTest {
  private static final Map<Api, String> DENIED =
      Map.of(
          CloudApi.API,
          "{\"code\":7,\"message\":\"permission denied\",\"details\":[]}",
          UnifiedApi.API,
          "{\"statusCode\":403,\"error\":\"Forbidden\",\"message\":\"permission denied\"}");
  private static final Map<Api, String> UNAUTHENTICATED =
      Map.of(
          CloudApi.API,
          "{\"code\":16,\"message\":\"unauthenticated\",\"details\":[]}",
          UnifiedApi.API,
          "{\"statusCode\":401,\"error\":\"Unauthorized\",\"message\":\"unauthenticated\"}");

  private final TestServer server = TestServer.shared();
  private final TestOrganization organization = server.organization();
  private final TestOrganization other = server.organization();

  /** Someone who holds one role on one scope. */
  record Holder(Role role, ResourceType type, ApiClient client) {}

  private String cluster = "";
  private String folder = "";
  private Samples samples = new Samples("", "");
  private List<Holder> holders = List.of();
  private ApiClient revoked = server.asNobody();

  @BeforeAll
  void makeOneOfEach() {
    folder = organization.folder("the folder", "root");
    cluster = organization.cluster("the-cluster");
    organization
        .admin()
        .patch(
            "/api/v1/clusters/" + cluster,
            Map.of("parent_id", folder, "delete_protection", "ENABLED"))
        .ok();
    samples = new Samples(cluster, folder);
    holders =
        Stream.of(Role.values())
            .flatMap(role -> role.grantableOn().stream().map(type -> holder(role, type)))
            .toList();
    revoked = revokedKey();
  }

  private Holder holder(Role role, ResourceType type) {
    String id =
        switch (type) {
          case ORGANIZATION -> organization.id();
          case FOLDER -> folder;
          case CLUSTER -> cluster;
        };
    Secret key = organization.account(role.name(), type.name(), id).key();
    return new Holder(role, type, server.as(key));
  }

  private ApiClient revokedKey() {
    TestOrganization.Account account =
        organization.account("ORG_ADMIN", "ORGANIZATION", organization.id());
    String keyId = account.key().reveal().substring(0, 28);
    organization.admin().delete("/api/v1/api-keys/" + keyId).ok();
    return server.as(account.key());
  }

  static List<Operation<?, ?>> operations() {
    return Operations.ALL;
  }

  @ParameterizedTest
  @MethodSource("operations")
  void an_operation_lets_in_exactly_the_roles_of_its_permission(Operation<?, ?> operation) {
    for (Holder holder : holders) {
      ApiClient.Answer answer = samples.of(operation).send(holder.client());
      String what = holder.role() + " on " + holder.type() + ": " + answer.response().body();

      if (mayDo(operation, holder)) {
        assertThat(answer.status()).as(what).isNotIn(401, 403, 500, 503);
      } else {
        assertThat(answer.status()).as(what).isEqualTo(403);
        assertThat(answer.response().body()).isEqualTo(DENIED.get(operation.api()));
      }
    }
  }

  /** Everyone is a member of the organization beside the role that is tried. */
  private static boolean mayDo(Operation<?, ?> operation, Holder holder) {
    Permission permission = Objects.requireNonNull(operation.permission());
    return permission.isGivenBy(Role.ORG_MEMBER)
        || (permission.isGivenBy(holder.role()) && reaches(operation, permission, holder.type()));
  }

  private static boolean reaches(
      Operation<?, ?> operation, Permission permission, ResourceType held) {
    ResourceType at =
        switch (operation.target()) {
          case Target.Organization<?> organization -> ResourceType.ORGANIZATION;
          case Target.Anywhere<?> anywhere -> permission.narrowest();
          case Target.Resource<?>(ResourceType type, var id) -> type;
          case Target.InBody<?>(ResourceType type, var id) -> type;
        };
    return held.compareTo(at) <= 0 && held.compareTo(permission.narrowest()) <= 0;
  }

  @ParameterizedTest
  @MethodSource("operations")
  void who_is_refused_cannot_tell_what_exists(Operation<?, ?> operation) {
    Samples ofNothing = new Samples(UUID.randomUUID().toString(), UUID.randomUUID().toString());
    for (Holder holder : holders) {
      ApiClient.Answer real = samples.of(operation).send(holder.client());
      if (real.status() == 403) {
        ApiClient.Answer imagined = ofNothing.of(operation).send(holder.client());
        assertThat(imagined.status()).as(holder.role().name()).isEqualTo(403);
        assertThat(imagined.response().body()).isEqualTo(real.response().body());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void without_a_key_or_with_a_revoked_one_nobody_gets_in(Operation<?, ?> operation) {
    for (ApiClient client : List.of(server.asNobody(), revoked)) {
      ApiClient.Answer answer = samples.of(operation).send(client);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.response().body()).isEqualTo(UNAUTHENTICATED.get(operation.api()));
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void the_administrator_of_another_organization_finds_nothing_here(Operation<?, ?> operation) {
    Samples.Sample sample = samples.of(operation);
    ApiClient.Answer answer = sample.send(other.admin());

    assertThat(answer.status()).isNotIn(401, 403, 500);
    if (!operation.equals(AuditLogOperations.LIST)) { // it tells of the very attempts made here
      assertThat(answer.response().body()).doesNotContain(cluster).doesNotContain(folder);
    }
    if (sample.path().contains(cluster) || sample.path().contains(folder)) {
      assertThat(answer.status()).as(answer.response().body()).isIn(400, 404, 200);
    }
  }
}
