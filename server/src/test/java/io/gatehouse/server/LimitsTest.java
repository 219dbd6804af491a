package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.platform.secret.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nobody gets more than their share, and too many at once are sent away politely. */
class LimitsTest {
  private static final String CLUSTERS = "/api/v1/clusters";

  @Test
  void a_service_account_gets_its_requests_a_second_and_no_more() {
    try (TestServer server = server(Map.of("rate-limit", "10"))) {
      TestOrganization organization = server.organization();
      ApiClient other =
          server.as(organization.account("ORG_ADMIN", "ORGANIZATION", organization.id()).key());
      List<ApiClient.Answer> refused = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < 60; i++) {
        ApiClient.Answer answer = organization.admin().get(CLUSTERS);
        if (answer.status() != 200) {
          refused.add(answer);
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;

      assertThat(refused)
          .hasSizeGreaterThanOrEqualTo(60 - 10 - (int) (10 * seconds) - 1)
          .allSatisfy(LimitsTest::isTooMany);
      assertThat(refused.size()).isLessThanOrEqualTo(60 - 8);
      other.get(CLUSTERS).ok();
      Await.until(() -> organization.admin().get(CLUSTERS).status(), status -> status == 200);
    }
  }

  private static void isTooMany(ApiClient.Answer answer) {
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.response().body())
        .isEqualTo("{\"code\":8,\"message\":\"rate limit exceeded\",\"details\":[]}");
    assertThat(answer.header("Retry-After")).contains("1");
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
      try (RawConnection first = held(server, slow)) {
        slow.admin().get(CLUSTERS).isRefused(503, 14);
        server.organization().admin().get(CLUSTERS).ok();

        assertThat(first.write("{}")).isTrue();
        assertThat(first.answer().status()).isEqualTo(400);
      }
      slow.admin().get(CLUSTERS).ok();
    }
  }

  private static RawConnection held(TestServer server) {
    return held(server, server.organization());
  }

  /** A request that has its place and whose body is still to come. */
  private static RawConnection held(TestServer server, TestOrganization organization) {
    Secret key = organization.founded().key();
    RawConnection connection = RawConnection.to(URI.create(server.url()).getPort());
    connection.write(
        "POST /api/v1/clusters HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n"
            + "Expect: 100-continue\r\nAuthorization: Bearer "
            + key.reveal()
            + "\r\n\r\n");
    assertThat(connection.answer(false).status()).as("its body is asked for").isEqualTo(100);
    return connection;
  }

  private static TestServer server(Map<String, String> settings) {
    return TestServer.start(Directories.prepared(), settings);
  }
}
