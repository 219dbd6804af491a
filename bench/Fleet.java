import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An organization with many stored clusters, spread over folders. Its administrator sees all of
 * them; the member sees those in half of the folders, by roles on the folders above, and a few
 * single ones elsewhere.
 */
record Fleet(int size, Client administrator, Client member) {
  private static final int TREES = 5; // of an outer folder and one in it, seen and hidden each
  private static final int SINGLE_ONES = 50;

  static Fleet store(Gatehouse gatehouse, StoredClusters clusters, int size)
      throws IOException, InterruptedException, SQLException {
    Client administrator = gatehouse.foundOrganization("Fleet of " + size);
    Folders seen = Folders.make(administrator, "seen", TREES);
    Folders hidden = Folders.make(administrator, "hidden", TREES);
    List<String> folders = new ArrayList<>(seen.all());
    folders.addAll(hidden.all());
    String organization = administrator.get("/organization").path("id").asText();
    clusters.insert(organization, folders, size);
    List<String> singleOnes = clusters.first(hidden.all(), SINGLE_ONES);
    return new Fleet(size, administrator, member(administrator, seen.outer(), singleOnes));
  }

  /** A service account that may read the clusters in these folders, and these clusters. */
  private static Client member(Client administrator, List<String> folders, List<String> clusters)
      throws IOException, InterruptedException {
    List<Object> roles = new ArrayList<>();
    folders.forEach(id -> roles.add(role("FOLDER", id)));
    clusters.forEach(id -> roles.add(role("CLUSTER", id)));
    var account = Map.of("name", "member", "description", "", "roles", roles);
    String id = administrator.post("/service-accounts", account).path("id").asText();
    JsonNode key =
        administrator.post("/api-keys", Map.of("name", "member", "service_account_id", id));
    return new Client(administrator.server(), key.path("secret").asText());
  }

  private static Object role(String type, String id) {
    return Map.of("name", "CLUSTER_DEVELOPER", "resource", Map.of("type", type, "id", id));
  }
}
