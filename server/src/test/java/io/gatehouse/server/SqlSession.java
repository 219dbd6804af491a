package io.gatehouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A SQL session as any client opens it, with the connection string that the API shows. */
record SqlSession(Connection connection) implements AutoCloseable {

  /** Opens a session in a database of a cluster. */
  static SqlSession open(
      ApiClient client, String clusterId, String database, String user, String password)
      throws SQLException {
    String query = "?database=" + encode(database) + "&sql_user=" + encode(user);
    String shown =
        client
            .get("/api/v1/clusters/" + clusterId + "/connection-string" + query)
            .ok()
            .path("connection_string")
            .asText();
    URI uri = URI.create(shown);
    String url =
        "jdbc:%s://%s:%d%s?%s"
            .formatted(
                uri.getScheme(), uri.getHost(), uri.getPort(), uri.getRawPath(), uri.getQuery());
    return new SqlSession(DriverManager.getConnection(url, uri.getUserInfo(), password));
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one value that a query gives. */
  String value(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** A name as it stands in a path or a query. */
  static String encode(String name) {
    return URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
