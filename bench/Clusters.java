import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes real clusters through the API, as a client does, and removes them. */
record Clusters(Gatehouse gatehouse) {
  private static final int POLL_MILLIS = 10;

  /** Asks for a cluster; gives its id. */
  String begin(String name) throws IOException, InterruptedException {
    var serverless = Map.of("regions", List.of("us-central1"));
    var body = Map.of("name", name, "provider", "GCP", "spec", Map.of("serverless", serverless));
    return gatehouse.administrator().post("/clusters", body).path("id").asText();
  }

  /** Polls until the cluster is there. */
  void await(String id) throws IOException, InterruptedException {
    JsonNode cluster = gatehouse.administrator().get("/clusters/" + id);
    while (cluster.path("state").asText().equals("CREATING")) {
      Thread.sleep(POLL_MILLIS);
      cluster = gatehouse.administrator().get("/clusters/" + id);
    }
    if (!cluster.path("state").asText().equals("CREATED")) {
      throw new IOException("the cluster could not be made: " + cluster);
    }
  }

  String make(String name) throws IOException, InterruptedException {
    String id = begin(name);
    await(id);
    return id;
  }

  /** Deletes a cluster, and waits until nothing is left of it on the disk. */
  void remove(String id) throws IOException, InterruptedException {
    gatehouse.administrator().delete("/clusters/" + id);
    Path directory = gatehouse.data().resolve("clusters").resolve(id);
    while (Files.exists(directory)) {
      Thread.sleep(POLL_MILLIS);
    }
  }
}
