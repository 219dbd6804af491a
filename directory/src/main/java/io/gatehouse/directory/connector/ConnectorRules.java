package io.gatehouse.directory.connector;

import java.net.http.HttpRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold within connector.yaml beyond the form of its members. */
final class ConnectorRules {
  private ConnectorRules() {}

  static void check(String folder, ConnectorYaml.Main main) {
    require(main.name().equals(folder), "'name' must be the name of the folder, " + folder);
    require(!main.resources().isEmpty(), "'resources' is empty");
    require(main.check().path().startsWith("/"), "'check.path' must begin with a slash");
    require(main.rateLimit().requests() > 0, "'rate_limit.requests' must be at least 1");
    require(main.rateLimit().per().isPositive(), "'rate_limit.per' must be longer than nothing");
    require(main.paging().most() > 0, "'paging.most' must be at least 1");
    require(!main.check().path().contains("{"), "'check.path' cannot have parameters");
    main.resources().forEach(ConnectorRules::checkPath);
    requireDistinct("unified", main.unified());
    checkCredentials(main);
    checkHeaders(main);
  }

  /** Each name of a list stands there once. */
  static void requireDistinct(String list, List<String> names) {
    Set<String> seen = new HashSet<>();
    names.forEach(name -> require(seen.add(name), "'%s' has %s twice".formatted(list, name)));
  }

  private static void checkPath(String name, ConnectorYaml.Resource resource) {
    require(
        resource.path().text().startsWith("/"),
        "the path of resource " + name + " must begin with a slash");
  }

  private static void checkCredentials(ConnectorYaml.Main main) {
    Set<String> fields = new HashSet<>();
    Set<String> secrets = new HashSet<>();
    for (CredentialField field : main.credentials()) {
      require(fields.add(field.name()), "the credential " + field.name() + " is given twice");
      if (field.secret()) {
        secrets.add(field.name());
      }
    }
    require(
        !secrets.contains(CredentialField.BASE_URL), "the credential base_url must not be secret");
    for (String name : main.authorization().value().names()) {
      require(
          secrets.contains(name),
          "'authorization' uses {{" + name + "}}, which is no secret credential");
    }
  }

  /** Those that the HTTP client would refuse, or keeps for itself. */
  private static void checkHeaders(ConnectorYaml.Main main) {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    request.header(main.authorization().header(), "");
    main.headers().forEach(request::header);
    request.header(main.rateLimit().retryAfter(), "");
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
