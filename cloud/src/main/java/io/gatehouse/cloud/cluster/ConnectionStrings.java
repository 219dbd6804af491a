package io.gatehouse.cloud.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.cloud.cluster.ClusterRequests.GetConnectionString;
import io.gatehouse.cloud.cluster.ClusterViews.ConnectionStringView;
import io.gatehouse.cloud.cluster.ClusterViews.Params;
import io.gatehouse.engines.Endpoint;
import io.gatehouse.platform.error.ErrorCode;
import java.net.URLEncoder;
import java.util.Optional;

/** How to connect to a cluster, in the form of libpq; the password is the user's own to add. */
final class ConnectionStrings {
  private static final String DEFAULT_DATABASE = "defaultdb";

  private ConnectionStrings() {}

  static ConnectionStringView of(Cluster cluster, GetConnectionString request) {
    Endpoint endpoint =
        cluster
            .endpoint()
            .orElseThrow(() -> ErrorCode.LOCKED.with("reason", "it serves no SQL yet"));
    String database =
        Optional.ofNullable(request.database())
            .filter(name -> !name.isEmpty())
            .orElse(DEFAULT_DATABASE);
    String user = request.sqlUser();
    String text =
        "postgresql://%s%s:%d/%s?sslmode=disable"
            .formatted(
                user == null ? "" : encode(user) + "@",
                bracketed(endpoint.host()),
                endpoint.port(),
                encode(database));
    return new ConnectionStringView(
        text, new Params(endpoint.host(), Integer.toString(endpoint.port()), database, user));
  }

  /** The colons of an address are not those before a port. */
  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
