import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Makes real clusters through the API, as a client does, and removes them. */
record Clusters(Gatehouse gatehouse) {
  private static final int POLL_MILLIS = 10;

  /** Makes a cluster; gives its id as soon as it is there. */
  String make(String name) throws IOException, InterruptedException {
    var serverless = Map.of("regions", List.of("us-central1"));
    var body = Map.of("name", name, "provider", "GCP", "spec", Map.of("serverless", serverless));
    String id = client().post("/clusters", body).path("id").asText();
    JsonNode cluster = client().get("/clusters/" + id);
    while (cluster.path("state").asText().equals("CREATING")) {
      Thread.sleep(POLL_MILLIS);
      cluster = client().get("/clusters/" + id);
    }
    if (!cluster.path("state").asText().equals("CREATED")) {
      throw new IOException("the cluster could not be made: " + cluster);
    }
    return id;
  }

  void addUser(String id, String name, String password) throws IOException, InterruptedException {
    client().post("/clusters/" + id + "/sql-users", Map.of("name", name, "password", password));
  }

  /** Connects as a SQL user to where the API says that the cluster is. */
  Connection connect(String id, String user, String password)
      throws IOException, InterruptedException, SQLException {
    String path = "/clusters/" + id + "/connection-string?sql_user=" + user;
    JsonNode at = client().get(path).path("params");
    String url =
        "jdbc:postgresql://%s:%s/%s"
            .formatted(
                at.path("Host").asText(), at.path("Port").asText(), at.path("Database").asText());
    return DriverManager.getConnection(url, user, password);
  }

  /** Deletes a cluster, and waits until nothing is left of it on the disk. */
  void remove(String id) throws IOException, InterruptedException {
    client().delete("/clusters/" + id);
    Path directory = gatehouse.data().resolve("clusters");
    while (Files.exists(directory.resolve(id))
        || Files.exists(directory.resolve(id + ".deleting"))) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private Client client() {
    return gatehouse.administrator();
  }
}
