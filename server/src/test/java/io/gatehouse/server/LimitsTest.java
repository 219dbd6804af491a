package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.platform.secret.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Nobody gets more than their share, and too many at once are sent away politely. */
class LimitsTest {
  private static final String CLUSTERS = "/api/v1/clusters";

  @Test
  void a_service_account_gets_its_requests_a_second_and_no_more() {
    try (TestServer server = server(Map.of("rate-limit", "1", "rate-limit-wait", "0"))) {
      ApiClient admin = server.organization().admin();
      ApiClient other = server.organization().admin();

      isTooMany(Await.until(() -> admin.get(CLUSTERS), answer -> answer.status() != 200));
      other.get(CLUSTERS).ok();
      Await.until(() -> admin.get(CLUSTERS).status(), status -> status == 200);
    }
  }

  private static void isTooMany(ApiClient.Answer answer) {
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.response().body())
        .isEqualTo("{\"code\":8,\"message\":\"rate limit exceeded\",\"details\":[]}");
    assertThat(answer.header("Retry-After")).contains("1");
  }

  @Test
  void many_changes_at_once_wait_for_their_turns_and_all_succeed() {
    try (TestServer server = server(Map.of("rate-limit", "10", "rate-limit-wait", "5s"))) {
      ApiClient admin = server.organization().admin();
      ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
      try (var workers = Executors.newFixedThreadPool(10)) {
        for (int i = 0; i < 45; i++) {
          Object folder = Map.of("name", "folder-" + i);
          workers.execute(() -> statuses.add(admin.post("/api/v1/folders", folder).status()));
        }
      }

      assertThat(statuses).hasSize(45).containsOnly(200);
      assertThat(admin.walk("/api/v1/folders", "folders", 100)).hasSize(45);
    }
  }

  @Test
  void more_than_can_wait_are_refused_at_once_and_the_others_served() {
    try (TestServer server = server(Map.of("rate-limit", "1", "rate-limit-wait", "1s"))) {
      ApiClient admin = server.organization().admin();
      List<Supplier<ApiClient.Answer>> requests =
          Collections.nCopies(60, () -> admin.get(CLUSTERS));

      List<Integer> statuses = AtOnce.send(requests);

      assertThat(statuses).containsOnly(200, 429);
      assertThat(Collections.frequency(statuses, 200))
          .as("one now, one later")
          .isGreaterThanOrEqualTo(2);
      assertThat(Collections.frequency(statuses, 429)).isPositive();
    }
  }

  @Test
  void who_waits_for_a_turn_holds_no_place_and_its_body_is_not_asked_for() {
    Map<String, String> settings =
        Map.of("rate-limit", "1", "rate-limit-wait", "20s", "max-concurrent-requests", "5");
    try (TestServer server = server(settings)) {
      TestOrganization waiting = server.organization();
      ApiClient other = server.organization().admin();
      waiting.admin().get(CLUSTERS).ok();
      List<RawConnection> connections = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        RawConnection connection = RawConnection.to(URI.create(server.url()).getPort());
        connection.write(head(waiting.founded().key(), 2));
        connections.add(connection);
      }

      other.get(CLUSTERS).ok();
      for (RawConnection connection : connections) {
        assertThat(connection.answer(false).status()).as("its turn has come").isEqualTo(100);
        assertThat(connection.write("{}")).isTrue();
        assertThat(connection.answer().status()).isEqualTo(400);
        connection.close();
      }
    }
  }

  @Test
  void a_key_that_is_revoked_while_its_body_is_on_the_way_is_refused() {
    try (TestServer server = server(Map.of())) {
      TestOrganization organization = server.organization();
      Secret key = organization.account("ORG_ADMIN", "ORGANIZATION", organization.id()).key();
      String body = "{\"name\":\"too-late\"}";
      try (RawConnection connection = RawConnection.to(URI.create(server.url()).getPort())) {
        connection.write(head(key, body.length()).replace("/clusters", "/folders"));
        assertThat(connection.answer(false).status()).isEqualTo(100);
        revoke(organization, key);
        connection.write(body);

        assertThat(connection.answer().status()).isEqualTo(401);
      }
      assertThat(organization.admin().walk("/api/v1/folders", "folders", 100)).isEmpty();
    }
  }

  private static void revoke(TestOrganization organization, Secret key) {
    String id = key.reveal().substring(0, key.reveal().lastIndexOf('_'));
    organization.admin().delete("/api/v1/api-keys/" + id).ok();
  }

  @Test
  void who_may_not_do_it_is_refused_before_the_body_is_read() {
    try (TestServer server = server(Map.of("max-concurrent-of-principal", "1"))) {
      TestOrganization organization = server.organization();
      Secret key = organization.account("ORG_MEMBER", "ORGANIZATION", organization.id()).key();
      for (int i = 0; i < 3; i++) {
        try (RawConnection connection = RawConnection.to(URI.create(server.url()).getPort())) {
          connection.write(head(key, 1000));

          assertThat(connection.answer().status()).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void who_may_change_another_cluster_only_is_refused_before_the_body_is_read() {
    try (TestServer server = server(Map.of())) {
      TestOrganization organization = server.organization();
      String mine = organization.folder("Mine", "root");
      String other = organization.folder("Other", "root");
      Secret key = organization.account("FOLDER_ADMIN", "FOLDER", mine).key();
      try (RawConnection connection = RawConnection.to(URI.create(server.url()).getPort())) {
        String head = head(key, 1000).replace("POST /api/v1/clusters", "PATCH /api/v1/folders/%s");
        connection.write(head.formatted(other));
        assertThat(connection.answer().status()).isEqualTo(403);
      }
      try (RawConnection connection = RawConnection.to(URI.create(server.url()).getPort())) {
        String head = head(key, 2).replace("POST /api/v1/clusters", "PATCH /api/v1/folders/%s");
        connection.write(head.formatted(mine));
        assertThat(connection.answer(false).status()).isEqualTo(100);
      }
    }
  }

  @Test
  void keys_that_fill_all_places_of_their_organization_can_be_revoked() {
    Map<String, String> settings =
        Map.of(
            "max-concurrent-requests", "4",
            "max-concurrent-of-organization", "4",
            "max-concurrent-of-principal", "2");
    try (TestServer server = server(settings)) {
      TestOrganization organization = server.organization();
      List<TestOrganization.Account> accounts = new ArrayList<>();
      List<RawConnection> held = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        TestOrganization.Account account =
            organization.account("CLUSTER_CREATOR", "ORGANIZATION", organization.id());
        accounts.add(account);
      }
      for (TestOrganization.Account account : accounts) {
        held.add(held(server, account.key()));
        held.add(held(server, account.key()));
        server.as(account.key()).get(CLUSTERS).isRefused(503, 14);
      }
      organization.admin().get(CLUSTERS).isRefused(503, 14);
      String roles = "/api/v1/roles/" + accounts.getFirst().id();
      organization.admin().put(roles, Map.of("roles", List.of())).ok();
      revoke(organization, accounts.getFirst().key());
      organization.admin().delete("/api/v1/service-accounts/" + accounts.getLast().id()).ok();
      server.as(accounts.getFirst().key()).get(CLUSTERS).isRefused(401, 16);
      server.as(accounts.getLast().key()).get(CLUSTERS).isRefused(401, 16);
      held.forEach(RawConnection::close);
    }
  }

  @Test
  void one_service_account_leaves_places_to_the_others() {
    try (TestServer server = server(Map.of("max-concurrent-of-principal", "1"))) {
      TestOrganization organization = server.organization();
      Secret slow =
          organization.account("CLUSTER_CREATOR", "ORGANIZATION", organization.id()).key();
      try (RawConnection connection = held(server, slow)) {
        server.as(slow).get("/api/v1/organization").isRefused(503, 14);
        organization.admin().get(CLUSTERS).ok();
        connection.write("{}");
        assertThat(connection.answer().status()).isEqualTo(400);
      }
      server.as(slow).get("/api/v1/organization").ok();
    }
  }

  @Test
  void a_limit_of_zero_is_none() {
    ApiClient admin = TestServer.shared().organization().admin();
    for (int i = 0; i < 200; i++) {
      admin.get(CLUSTERS).ok();
    }
  }

  @Test
  void requests_beyond_those_that_have_a_place_are_told_to_come_again() {
    try (TestServer server = server(Map.of("max-concurrent-requests", "2"));
        RawConnection first = held(server);
        RawConnection second = held(server)) {
      ApiClient admin = server.organization().admin();
      ApiClient.Answer refused = admin.get(CLUSTERS).isRefused(503, 14);

      assertThat(refused.header("Retry-After")).contains("1");
      assertThat(first.write("{}") && second.write("{}")).isTrue();
      assertThat(first.answer().status()).isEqualTo(400);
      assertThat(second.answer().status()).isEqualTo(400);
      admin.get(CLUSTERS).ok();
    }
  }

  @Test
  void an_organization_that_fills_its_own_places_leaves_the_others_to_others() {
    try (TestServer server = server(Map.of("max-concurrent-of-organization", "1"))) {
      TestOrganization slow = server.organization();
      try (RawConnection first = held(server, slow.founded().key())) {
        slow.admin().get(CLUSTERS).isRefused(503, 14);
        server.organization().admin().get(CLUSTERS).ok();

        assertThat(first.write("{}")).isTrue();
        assertThat(first.answer().status()).isEqualTo(400);
      }
      slow.admin().get(CLUSTERS).ok();
    }
  }

  private static RawConnection held(TestServer server) {
    return held(server, server.organization().founded().key());
  }

  /** A request that has its place and whose body is still to come. */
  private static RawConnection held(TestServer server, Secret key) {
    RawConnection connection = RawConnection.to(URI.create(server.url()).getPort());
    connection.write(head(key, 2));
    assertThat(connection.answer(false).status()).as("its body is asked for").isEqualTo(100);
    return connection;
  }

  private static String head(Secret key, int length) {
    return "POST /api/v1/clusters HTTP/1.1\r\nHost: here\r\nContent-Length: "
        + length
        + "\r\nExpect: 100-continue\r\nAuthorization: Bearer "
        + key.reveal()
        + "\r\n\r\n";
  }

  private static TestServer server(Map<String, String> settings) {
    return TestServer.start(Directories.prepared(), settings);
  }
}
