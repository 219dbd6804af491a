package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which host clients are told, and that the server itself needs none of it. */
class SqlHostTest {

  @ParameterizedTest
  @CsvSource({
    "'', 127.0.0.1, 127.0.0.1",
    "sql.example.com, sql.example.com, sql.example.com",
    "2001:db8::1, 2001:db8::1, [2001:db8::1]"
  })
  void clients_are_told_the_host_that_was_set(String set, String told, String inTheString) {
    try (TestServer server = TestServer.start(Map.of("sql-listen", "*", "sql-host", set))) {
      TestOrganization organization = server.organization();
      String path = "/api/v1/clusters/" + organization.cluster("somewhere");

      JsonNode shown = organization.admin().get(path + "/connection-string").ok();

      String port = shown.path("params").path("Port").asText();
      assertThat(shown.path("params").path("Host").asText()).isEqualTo(told);
      assertThat(shown.path("connection_string").asText())
          .startsWith("postgresql://" + inTheString + ":" + port + "/");
      assertThat(organization.admin().get(path).ok().path("sql_dns").asText()).isEqualTo(told);
      organization.admin().get(path + "/databases").ok();
    }
  }
}
