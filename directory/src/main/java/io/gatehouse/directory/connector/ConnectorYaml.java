package io.gatehouse.directory.connector;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the files of a connector say, member by member. */
final class ConnectorYaml {
  private ConnectorYaml() {}

  /** connector.yaml */
  record Main(
      String name,
      String label,
      String category,
      URI baseUrl,
      String authenticationMethod,
      List<CredentialField> credentials,
      Authorization authorization,
      Map<String, String> headers,
      CheckYaml check,
      Paging paging,
      RateLimit rateLimit,
      Map<String, Resource> resources,
      List<String> unified) {}

  /** What an account is tried with. */
  record CheckYaml(String path, String answer, String holds) {}

  /** A list of the upstream. */
  record Resource(PathPattern path, String items) {}

  /** The file of a unified resource. */
  record Unified(String selectBy, List<UnifiedSource> sources) {}

  record UnifiedSource(
      String name, @Nullable Iteration each, String resource, String responseMapping) {}

  record Iteration(
      String resource,
      String id,
      String where,
      Map<String, String> parameters,
      Set<Integer> gone,
      Set<Integer> unavailable) {}
}
