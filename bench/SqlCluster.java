import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.platform.secret.KeysetFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A cluster with the ways into it: the API's, a user's, and that of its superuser. */
record SqlCluster(Gatehouse gatehouse, String id, int port) {
  static final String PASSWORD = "correct-horse-battery";

  static SqlCluster make(Gatehouse gatehouse, String name) throws Exception {
    String id = new Clusters(gatehouse).make(name);
    JsonNode at = gatehouse.administrator().get("/clusters/" + id + "/connection-string?sql_user=x");
    return new SqlCluster(gatehouse, id, at.path("params").path("Port").asInt());
  }

  void addUser(String name) throws IOException, InterruptedException {
    new Clusters(gatehouse).addUser(id, name, PASSWORD);
  }

  JsonNode users() throws IOException, InterruptedException {
    return gatehouse.administrator().get("/clusters/" + id + "/sql-users");
  }

  JsonNode removeUser(String name) throws IOException, InterruptedException {
    return gatehouse.administrator().delete("/clusters/" + id + "/sql-users/" + name);
  }

  Connection connect(String user, String database) throws SQLException {
    return DriverManager.getConnection(url(database), user, PASSWORD);
  }

  /** As the control plane itself gets in. */
  Connection superuser(String database) throws IOException, SQLException {
    String secret =
        new KeysetFile(gatehouse.data().resolve("keyset.json"))
            .read()
            .derive("cluster", UUID.fromString(id))
            .reveal();
    String options =
        "-c search_path=pg_catalog -c event_triggers=off -c lock_timeout=2s".replace(" ", "%20");
    return DriverManager.getConnection(url(database) + "?options=" + options, "gatehouse", secret);
  }

  void run(String database, String... statements) throws IOException, SQLException {
    try (Connection connection = superuser(database)) {
      for (String statement : statements) {
        execute(connection, statement);
      }
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of an answer. */
  static List<String> column(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }
}
