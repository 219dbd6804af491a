package io.gatehouse.server;

import io.gatehouse.platform.store.StoreAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A session in a cluster's database, opened as any application would open it. */
record Sql(Connection connection) implements AutoCloseable {

  /** Opens a session with a connection string of the API, which lacks the password only. */
  static Sql open(String connectionString, String password) throws SQLException {
    return open(connectionString.replaceFirst("@", ":" + password + "@"));
  }

  /** Opens a session with a URL that says everything. */
  static Sql open(String url) throws SQLException {
    StoreAddress address = StoreAddress.parse(url);
    Properties properties = new Properties();
    properties.setProperty("user", address.user().orElseThrow());
    properties.setProperty("password", address.password().orElseThrow().reveal());
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "20");
    return new Sql(DriverManager.getConnection(address.url(), properties));
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The only value of the only row. */
  String value(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
